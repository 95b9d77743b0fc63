import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import { startStopwatch } from "../clock.ts";
import type { GatePulses, Pulse } from "../gate/pulses.redis.ts";
import { opensFirstAtMs } from "../guests/guests.ts";
import type { SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import type { Measure } from "../metrics.ts";
import { isOverAt } from "./duties/is-over.ts";
import type { Looked } from "./guard-sale.ts";
import type { GuardedSale } from "./guarded-sales.postgres.ts";
import type { GuardianLease } from "./lease.dynamo.ts";
import { LOOK_EVERY_MS, lookAfterMs } from "./look-rhythm.ts";
import type { Watched, WatchList } from "./watch-list.ts";

/** Of the sales that this guardian has never looked at, and whose gates look well, so many are looked into at once. */
const NEW_AT_ONCE = 50;
/** Looks that a run has begun may take so long after it; the other sales are looked after meanwhile. */
const LONGEST_TAIL_MS = 30_000;

export type GuardianDependencies = {
  readonly lease: GuardianLease;
  readonly pulses: GatePulses;
  /** With what is remembered from run to run. */
  readonly sales: WatchList;
  readonly guardSale: (sale: GuardedSale) => Promise<Looked>;
  /** Removes the gates of sales that were closed a while ago, if it is time. */
  readonly archive: () => Promise<void>;
  /** Has the staff asked for a go where a sale opens soon, if it is time. Absent: nobody asks. */
  readonly askForGo?: () => Promise<void>;
  readonly clock: Clock;
  readonly measure: Measure;
  readonly warn: Warn;
};

type Looks = Map<SaleId, Promise<void>>;

/**
 * Looks after every sale for a while, each at its own pace: one that is being recovered does not keep the others waiting, and
 * one in which nothing happens is asked for its pulse alone. A look that fails is tried again at the next turn; nothing is
 * half done that a repeat would not finish.
 */
export async function runGuardian(deps: GuardianDependencies, forMs: number): Promise<void> {
  const elapsedMs = startStopwatch(deps.clock);
  const looking: Looks = new Map();
  let archiving: Promise<unknown> = Promise.resolve();
  const isWorkLeft = () => looking.size > 0 || [...deps.sales.all()].some(({ isNew }) => isNew);
  for (
    let turn = 1;
    turn === 1 || elapsedMs() < forMs || (isWorkLeft() && elapsedMs() < forMs + LONGEST_TAIL_MS);
    turn++
  ) {
    deps.measure("GuardianHeartbeat", 1);
    const holds = await takeTurn(deps, looking);
    if (holds) archiving = archiving.then(() => doChores(deps));
    else if (elapsedMs() >= forMs) break;
    await pause(Math.max(0, turn * LOOK_EVERY_MS - elapsedMs()), forMs - elapsedMs(), looking);
  }
  await Promise.all([archiving, ...looking.values()]);
  await deps.lease.release().catch(() => {});
}

/** What is about no single sale, one after the other, beside the looks. */
async function doChores(deps: GuardianDependencies): Promise<void> {
  await orWarn(deps, "closed sales were not archived", deps.archive);
  const { askForGo } = deps;
  if (askForGo) await orWarn(deps, "the staff was not asked for a go", askForGo);
}

/** Until the next turn; no longer than the run lasts, and after that no longer than its looks. */
async function pause(untilTurnMs: number, leftMs: number, looking: Looks): Promise<void> {
  if (leftMs > 0) return sleep(Math.min(untilTurnMs, leftMs));
  const stopped = new AbortController();
  const turn = sleep(untilTurnMs, undefined, { signal: stopped.signal }).catch(() => {});
  await Promise.race([Promise.all(looking.values()), turn]);
  stopped.abort();
}

/** Answers whether this guardian holds the lease. */
async function takeTurn(deps: GuardianDependencies, looking: Looks): Promise<boolean> {
  try {
    if (!(await deps.lease.hold())) return false;
  } catch (error) {
    deps.warn("the lease was not renewed", { error });
    return false;
  }
  // While PostgreSQL is down, outboxes are still relayed: its last word on which sales there are will do.
  await orWarn(deps, "PostgreSQL did not say which sales there are", () => deps.sales.refresh());
  const nowMs = deps.clock.monotonicMs();
  const due = [...deps.sales.all()].filter(
    ({ sale, dueAtMs }) => dueAtMs <= nowMs && !looking.has(sale.saleId),
  );
  const pulses =
    (await orWarn(deps, "no gate gave its pulse", () =>
      deps.pulses.read(due.map(({ sale }) => sale.saleId)),
    )) ?? new Map<SaleId, Pulse>();
  await lookInto(deps, looking, chooseLooks(deps, due, pulses, looking), pulses);
  return true;
}

/** Of the sales that are due, those that must be looked into. The others are well, and wait for their next turn. */
function chooseLooks(
  { sales, clock }: GuardianDependencies,
  due: readonly Watched[],
  pulses: ReadonlyMap<SaleId, Pulse>,
  looking: Looks,
): Watched[] {
  let atOnce = looking.size;
  if ([...pulses.values()].some(({ kind }) => kind === "lost")) sales.hurry();
  return due.filter((watched) => {
    const pulse = pulses.get(watched.sale.saleId);
    const isWell =
      pulse?.kind === "found" && pulse.outboxLength === 0 && !isOverAt(watched.sale, pulse.nowMs);
    if (isWell && watched.isNew) return atOnce++ < NEW_AT_ONCE;
    if (!isWell || watched.calmAt !== pulse.fingerprint) return true;
    setDue(watched, clock.monotonicMs(), pulse);
    return false;
  });
}

function setDue(watched: Watched, nowMs: number, pulse: Pulse | undefined): void {
  const isFound = pulse?.kind === "found";
  const waitMs = lookAfterMs({
    isBusy: watched.calmAt === null || !isFound,
    quietMs: nowMs - watched.quietSinceMs,
    untilStartMs: isFound ? opensFirstAtMs(watched.sale) - pulse.nowMs : 0,
  });
  // A turn that comes a little early is that turn.
  watched.dueAtMs = nowMs + waitMs - LOOK_EVERY_MS / 2;
}

/** Begins the looks; each goes on at its own pace. The rows are read before the gates are. */
async function lookInto(
  deps: GuardianDependencies,
  looking: Looks,
  chosen: readonly Watched[],
  pulses: ReadonlyMap<SaleId, Pulse>,
): Promise<void> {
  const read = await orWarn(deps, "PostgreSQL did not say how sales are", () => deps.sales.readAnew(chosen));
  const rows = read && new Map(read.map((row) => [row.saleId, row]));
  for (const watched of chosen) {
    const { saleId } = watched.sale;
    const sale = rows ? rows.get(saleId) : watched.sale;
    // Not among the rows: it was closed since.
    watched.isNew &&= sale !== undefined;
    if (!sale) continue;
    const look = lookAt(deps, watched, sale, pulses.get(saleId)).finally(() => looking.delete(saleId));
    looking.set(saleId, look);
  }
}

async function lookAt(
  deps: GuardianDependencies,
  watched: Watched,
  sale: GuardedSale,
  pulse: Pulse | undefined,
): Promise<void> {
  const fingerprint = pulse?.kind === "found" ? pulse.fingerprint : null;
  let looked: Looked = "busy";
  try {
    looked = await deps.guardSale(sale);
  } catch (error) {
    deps.warn("a look at a sale failed", { saleId: sale.saleId, error });
  }
  const nowMs = deps.clock.monotonicMs();
  if (watched.calmAt !== fingerprint) watched.quietSinceMs = nowMs;
  watched.calmAt = looked === "calm" ? fingerprint : null;
  watched.isNew = false;
  setDue(watched, nowMs, pulse);
}

async function orWarn<T>(
  { warn }: GuardianDependencies,
  what: string,
  ask: () => Promise<T>,
): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    warn(what, { error });
    return null;
  }
}
