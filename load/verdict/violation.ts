/** The laws of a sale that a run can break. A fault run may leave one out where its fault makes it void, and says why. */
export type Law =
  /** The stock adds up, in the gate and in PostgreSQL. */
  | "conservation"
  /** With demand enough, every unit is sold. */
  | "sell_out"
  /** The same orders in client log, gate, ledger and PostgreSQL. */
  | "one_truth"
  /** Nobody has more units than the purchase limit, nor two orders for one key, in any store. */
  | "one_per_buyer"
  /** A buyer's orders have different numbers, those that were rejected included. */
  | "numbers"
  /** Nothing is left half done. */
  | "settled"
  /** Places are 1 to N without gaps. */
  | "places"
  /** No answer said what the stores deny. */
  | "untrue"
  /** Every intent got a final answer. */
  | "unresolved"
  /** The filter of holders misses nobody. */
  | "holders"
  /** What was taken is the price of what is confirmed; nothing is left authorised. */
  | "money"
  /** What a fault's own line promises beside the laws. */
  | "line";

export type Violation = { readonly law: Law; readonly finding: string };

const SHOWN = 5;

/** A violation that names what it is about; none if the list is empty. */
export function violationOf(law: Law, what: string, ids: readonly string[]): Violation[] {
  if (ids.length === 0) return [];
  const shown = ids.slice(0, SHOWN).join(", ");
  const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : "";
  return [{ law, finding: `${ids.length} ${what}: ${shown}${more}` }];
}

/** A violation if the two numbers differ. */
export const mustEqual = (law: Law, what: string, left: number, right: number): Violation[] =>
  left === right ? [] : [{ law, finding: `${what}: ${left} is not ${right}` }];
