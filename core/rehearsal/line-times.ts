import type { RehearsalMode } from "../contract/rehearsal.ts";
import type { SaleMode } from "../contract/sale-mode.ts";

/** Until the crowd's function has started, and then for each person: the firewall lets five a second through from one address. */
const FIRST_JOIN_MS = 30_000;
const JOIN_MS = 200;
/** A list closes so long before its sale opens, and a draw's result is there half way. */
const CLOSES_BEFORE_MS = 120_000;
const RESULT_BEFORE_MS = 60_000;
/** Faster than the crowd buys; a turn that nobody uses would be a fault that the laws find. */
const ADMISSIONS_PER_SECOND = 50;
const TURN_SECONDS = 300;
/** An open sale is open when its crowd comes. */
const OPEN_SINCE_MS = 1_000;

/** How a rehearsal's sale lets people in, and when it opens, from when the rehearsal was started. */
export function lineTimes(
  kind: RehearsalMode,
  buyers: number,
  startedAtMs: number,
): { readonly mode: SaleMode; readonly startsAtMs: number } {
  if (kind === "open") return { mode: { kind }, startsAtMs: startedAtMs - OPEN_SINCE_MS };
  const closesAtMs = startedAtMs + FIRST_JOIN_MS + buyers * JOIN_MS;
  const startsAtMs = closesAtMs + CLOSES_BEFORE_MS;
  const closesAt = new Date(closesAtMs).toISOString();
  if (kind === "draw") {
    const resultAt = new Date(startsAtMs - RESULT_BEFORE_MS).toISOString();
    return { mode: { kind, closesAt, resultAt, turnSeconds: TURN_SECONDS }, startsAtMs };
  }
  const pace = { listSeconds: 30, admissionsPerSecond: ADMISSIONS_PER_SECOND, mostInside: buyers };
  return { mode: { kind, closesAt, turnSeconds: TURN_SECONDS, ...pace }, startsAtMs };
}
