import { setTimeout as sleep } from "node:timers/promises";
import { type Clock, startStopwatch } from "../clock.ts";
import type { Warn } from "../log.ts";
import type { Measure } from "../metrics.ts";
import type { BeaconRecords } from "./beacon.dynamo.ts";
import type { BeaconChain } from "./chain.ts";
import type { FetchedRound } from "./fetch-round.http.ts";
import { roundsToAskFor, timeOfRound } from "./rounds.ts";

const PAUSE_MS = 1_000;
/** A round that is late by less is not reported: relays have it some hundred milliseconds after its time. */
const LATE_MS = 10_000;

export type FetchDependencies = {
  readonly chain: BeaconChain;
  readonly records: Pick<BeaconRecords, "needed" | "signature" | "putSignature" | "settle">;
  readonly fetchRound: (round: number) => Promise<FetchedRound>;
  readonly clock: Clock;
  readonly measure: Measure;
  readonly warn: Warn;
};

/**
 * Fetches the rounds that are needed, each second for as long as it is told. `runMs` null: for `longestMs` if a round is
 * needed or may be soon, else only one look. Rounds that come while it is not awake wait for the next run.
 */
export async function fetchNeededRounds(
  deps: FetchDependencies,
  { runMs, longestMs }: { readonly runMs: number | null; readonly longestMs: number },
): Promise<void> {
  const passedMs = startStopwatch(deps.clock);
  for (let look = 0; ; look++) {
    const isAwaited = await lookOnce(deps, look);
    const endMs = runMs ?? (isAwaited || look > 0 ? longestMs : 0);
    if (passedMs() + PAUSE_MS > endMs) return;
    await sleep(PAUSE_MS);
  }
}

/** Asks for what is due; answers whether a round is needed, or may be soon. */
async function lookOnce(deps: FetchDependencies, look: number): Promise<boolean> {
  const { rounds, watchUntilMs } = await deps.records.needed();
  const nowMs = deps.clock.nowMs();
  const due = roundsToAskFor(deps.chain, rounds, nowMs, look);
  await Promise.all(due.map((round) => obtain(deps, round)));
  return rounds.length > 0 || nowMs < watchUntilMs;
}

/**
 * The signature is kept before the round is taken off the list: whoever dies in between leaves a round that the next look
 * finds kept, and settles.
 */
async function obtain({ chain, records, clock, ...deps }: FetchDependencies, round: number): Promise<void> {
  if ((await records.signature(round)) === null) {
    const fetched = await deps.fetchRound(round);
    if (fetched.kind === "missing") {
      const lateMs = clock.nowMs() - timeOfRound(chain, round);
      if (lateMs < LATE_MS) return;
      deps.measure("BeaconLateMs", lateMs);
      return deps.warn("a round of the beacon is late", { round, lateMs, refusals: fetched.refusals });
    }
    await records.putSignature(round, fetched.signature);
  }
  await records.settle(round);
}
