import { REMIND_BEFORE_MS } from "../contract/remind-before.ts";
import { openingTimes } from "../guests/guests.ts";
import type { Sale } from "../sale/sale.ts";

/** Nobody is reminded of what is over before they could read it. */
export const LEAST_LEFT_MS = 60_000;
/** Until then a sale that should have begun may still have been moved. */
const SURELY_BEGUN_MS = 60_000;

type Timed = Pick<Sale, "mode" | "startsAtMs">;

/**
 * When a sale wants somebody: where people stand in line it is before its first list closes, and else when it opens to them.
 *
 * @param tierAtMs when the tier opens that they are on; null: they are on none.
 */
export const wantedAtMs = ({ mode, startsAtMs }: Timed, tierAtMs: number | null = null): number =>
  mode.kind === "open" ? (tierAtMs ?? startsAtMs) : Date.parse(mode.closesAt);

type Due = "early" | "due" | "over";

/** `early`: not yet. `due`: now. `over`: nobody is told any more. */
export const reminderAt = (sale: Timed, nowMs: number, tierAtMs: number | null = null): Due =>
  dueAt(wantedAtMs(sale, tierAtMs), nowMs);

function dueAt(wantedMs: number, nowMs: number): Due {
  const leftMs = wantedMs - nowMs;
  if (leftMs < LEAST_LEFT_MS) return "over";
  return leftMs > REMIND_BEFORE_MS ? "early" : "due";
}

/** The openings of which somebody may be told now: each tier's, and the sale's own. */
export const dueOpenings = (sale: Timed & Partial<Pick<Sale, "guests">>, nowMs: number): number[] =>
  (sale.mode.kind === "open" ? openingTimes(sale) : [wantedAtMs(sale)])
    .filter((wantedMs) => dueAt(wantedMs, nowMs) === "due")
    .toSorted((a, b) => a - b);

/** Whether a sale has begun, and is not to be moved any more. */
export const hasSurelyBegun = ({ startsAtMs }: Pick<Sale, "startsAtMs">, nowMs: number): boolean =>
  nowMs >= startsAtMs + SURELY_BEGUN_MS;
