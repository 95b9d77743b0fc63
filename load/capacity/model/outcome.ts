import { PerSecond } from "../engine/per-second.ts";
import { looksMs } from "./page.ts";
import { ends, type Shoppers } from "./shoppers.ts";
import type { World } from "./world.ts";

/** Milliseconds that shoppers lost at a stage, and how many tries there were; until some moment. */
export type SoFar = {
  readonly lostMs: Readonly<Record<string, number>>;
  readonly tries: number;
  /** Share of the time in which a station had work. */
  readonly busy: Readonly<Record<string, number>>;
};

export type Latency = { readonly p50Ms: number; readonly p95Ms: number };

export type Outcome = {
  /** From the opening; null: units were left. */
  readonly soldOutMs: number | null;
  /** When 19 of 20 units were; null: they never were. */
  readonly nearlySoldOutMs: number | null;
  /** When the last shopper knew; null: somebody did not within half an hour. */
  readonly everybodyKnowsMs: number | null;
  /** When the last accepted order stood in PostgreSQL. */
  readonly confirmedMs: number;
  readonly accepted: number;
  readonly refused: number;
  readonly told: number;
  readonly lapsed: number;
  readonly stillTrying: number;
  readonly tries: number;
  readonly turnedAway: Readonly<Record<string, number>>;
  /** Of answers that end it, from the last try on. */
  readonly latency: Latency;
  /** Of accepted ones, from pressing Buy on. */
  readonly untilAccepted: Latency;
  /** In the busiest second. */
  readonly most: Readonly<Record<"api" | "gate" | "ledger" | "queue" | "gateFilters", number>>;
  /** That the gate has decided by the end of each second. */
  readonly attemptsBy: readonly number[];
  readonly environments: { readonly mostBusy: number; readonly coldStarts: number; readonly count: number };
  readonly atSellOut: SoFar | null;
  readonly atEnd: SoFar;
};

const NEARLY = 0.95;

/** What shoppers lost until now, by stage. */
export function soFar({ stationOf, tally, calendar }: World): SoFar {
  const lostMs: Record<string, number> = { ...tally.lost };
  const busy: Record<string, number> = {};
  for (const { name, waitedMs, busyMs, servers } of stationOf.values()) {
    lostMs[name] = (lostMs[name] ?? 0) + waitedMs;
    busy[name] = Math.max(busy[name] ?? 0, busyMs / servers / calendar.nowMs);
  }
  return { lostMs, tries: tally.tries, busy };
}

export function outcomeOf(world: World, atSellOut: SoFar | null): Outcome {
  const { shoppers, tally, environments, soldOutMs } = world;
  const [stillTrying = 0, accepted = 0, refused = 0, told = 0, lapsed = 0] = shoppers.counts;
  const looks = new PerSecond();
  for (const atMs of tally.acceptedMs)
    for (const lookMs of looksMs(atMs, tally.confirmedMs)) looks.add(lookMs);
  const { api, gate, ledger, queue, filtersPerSecond } = tally;
  return {
    soldOutMs,
    nearlySoldOutMs: tally.acceptedMs[Math.ceil(NEARLY * world.scenario.units) - 1] ?? null,
    everybodyKnowsMs: stillTrying > 0 ? null : last(shoppers),
    confirmedMs: tally.confirmedMs,
    accepted,
    refused,
    told,
    lapsed,
    stillTrying,
    tries: tally.tries,
    turnedAway: tally.turnedAway,
    latency: latencyOf(shoppers, shoppers.sentMs, (end) => end === ends.accepted || end === ends.refused),
    untilAccepted: latencyOf(shoppers, shoppers.clickedMs, (end) => end === ends.accepted),
    most: {
      api: PerSecond.mostOf([api, looks]),
      gate: gate.most,
      ledger: ledger.most,
      queue: queue.most,
      gateFilters: filtersPerSecond.most,
    },
    attemptsBy: gate.runningTotals(),
    environments: {
      mostBusy: environments.mostBusy,
      coldStarts: environments.coldStarts,
      count: environments.count,
    },
    atSellOut,
    atEnd: soFar(world),
  };
}

function last({ end, answeredMs }: Shoppers): number {
  let latest = 0;
  for (let i = 0; i < end.length; i++) if (end[i] !== ends.none) latest = Math.max(latest, answeredMs[i]!);
  return latest;
}

function latencyOf(
  { end, answeredMs }: Shoppers,
  from: Float64Array,
  isMeant: (end: number) => boolean,
): Latency {
  let count = 0;
  const took = new Float64Array(end.length);
  for (let i = 0; i < end.length; i++) if (isMeant(end[i]!)) took[count++] = answeredMs[i]! - from[i]!;
  const sorted = took.subarray(0, count).sort();
  const quantile = (share: number) => sorted[Math.max(0, Math.ceil(count * share) - 1)] ?? 0;
  return { p50Ms: quantile(0.5), p95Ms: quantile(0.95) };
}
