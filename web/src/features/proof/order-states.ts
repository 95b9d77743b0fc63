/** Of an order that is not decided yet all units are left. */
const OPEN: ReadonlySet<string> = new Set(["reserved", "held", "authorised", "placed"]);
const WITHOUT_UNITS: ReadonlySet<string> = new Set([
  "returned",
  "refunded",
  "rejected",
  "failed",
  "expired",
  "cancelled",
]);
const MONEY_ALONE: ReadonlySet<string> = new Set(["returned", "refunded"]);

export const isOpen = (state: string): boolean => OPEN.has(state);
export const isDecided = (state: string): boolean => state === "confirmed" || WITHOUT_UNITS.has(state);

/** Section 7 of docs/fairness.md: what a state says of the units that are left, of so many in all. */
export const fitsState = (state: string, left: number, all: number): boolean =>
  (OPEN.has(state) && left === all) ||
  (WITHOUT_UNITS.has(state) && left === 0) ||
  (state === "confirmed" && left > 0 && left <= all);

/** What became of an order, as a line of the log says it. */
export type Became = { readonly orderHash: string; readonly left: number; readonly state: string };

export function readBecame(text: string): Became {
  const [orderHash = "", left, state = ""] = text.split(" ");
  return { orderHash, left: Number(left), state };
}

/** Units only come back; and of an order without units nothing changes but what is known of its money. */
export function mayBecome(before: Became, after: Became): boolean {
  if (before.state === "confirmed" && after.state === "confirmed") return after.left < before.left;
  return (before.state === "confirmed" || MONEY_ALONE.has(before.state)) && MONEY_ALONE.has(after.state);
}
