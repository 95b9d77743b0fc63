import type { Sale } from "../sale/sale.ts";

/** People are told so long before they can do something: time enough to read it, and not to forget it again. */
export const REMIND_BEFORE_MS = 15 * 60_000;
/** Nobody is reminded of what is over before they could read it. */
export const LEAST_LEFT_MS = 60_000;

/** When a sale wants somebody: where people stand in line it is before its first list closes, and else when it opens. */
export const wantedAtMs = ({ mode, startsAtMs }: Pick<Sale, "mode" | "startsAtMs">): number =>
  mode.kind === "open" ? startsAtMs : Date.parse(mode.closesAt);

/** `early`: not yet. `due`: now. `over`: nobody is told any more. */
export function reminderAt(sale: Pick<Sale, "mode" | "startsAtMs">, nowMs: number): "early" | "due" | "over" {
  const leftMs = wantedAtMs(sale) - nowMs;
  if (leftMs < LEAST_LEFT_MS) return "over";
  return leftMs > REMIND_BEFORE_MS ? "early" : "due";
}
