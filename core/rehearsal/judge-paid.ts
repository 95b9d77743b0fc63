import type { BookedPayment, RehearsalLaw } from "../contract/rehearsal.ts";
import type { Facts } from "../reconciliation/facts.ts";
import type { Rehearsed } from "./judge.ts";
import { atLeast, equal, inBoth } from "./law.ts";

/** What a rehearsal knows of its sale's money. */
export type Paid = {
  /** Every payment of the sale that the provider has. */
  readonly books: readonly BookedPayment[];
  readonly priceMinor: number;
};

/** Nothing more becomes of a payment that is neither. */
export const isAtRest = ({ state }: BookedPayment): boolean => state === "captured" || state === "cancelled";

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const idsOf = (orders: readonly { readonly orderId: string }[]): Set<string> =>
  new Set(orders.map(({ orderId }) => orderId));

/**
 * Of a sale that is paid for, once it has come to rest: each hold that somebody was told of became an order that is paid for, or ended
 * and gave its unit back; and the money that was taken is the price of what was bought, by the provider's own books.
 */
export function paidLaws(
  rehearsed: Rehearsed,
  { books, priceMinor }: Paid,
  toldIds: ReadonlySet<string>,
): RehearsalLaw[] {
  const { units, answers, facts } = rehearsed;
  const { orders, ledger, gateOrders, stock } = facts;
  const rows = idsOf(orders.filter(({ state }) => state !== "rejected"));
  const entries = idsOf(
    ledger.filter(({ state }) => state.kind !== "rejected").map(({ reservation }) => reservation),
  );
  const confirmed = idsOf(orders.filter(({ state }) => state === "confirmed"));
  const expired = idsOf(orders.filter(({ state }) => state === "expired"));
  const counted = idsOf(gateOrders.filter(({ unitsLeft }) => unitsLeft > 0));
  const payers = idsOf(answers.flatMap(({ orderId, hasPaid }) => (hasPaid && orderId ? [{ orderId }] : [])));
  const unpaid = new Set([...toldIds].filter((id) => !payers.has(id)));
  return [
    holdsLaw(rehearsed, toldIds.size),
    equal("holds that people were told of = order rows", toldIds.size, rows.size),
    equal("the same by id", inBoth(toldIds, rows), rows.size),
    equal("holds that people were told of = the ledger's, by id", inBoth(toldIds, entries), entries.size),
    equal("people told sold out while a unit was left = 0", toldTooEarly(rehearsed, toldIds.size), 0),
    equal("people who paid = confirmed orders", payers.size, confirmed.size),
    equal("the same of payers, by id", inBoth(payers, confirmed), confirmed.size),
    equal("holds that nobody paid for = orders that expired", unpaid.size, expired.size),
    equal("the same of holds, by id", inBoth(unpaid, expired), expired.size),
    equal("confirmed orders = the gate's, by id", inBoth(confirmed, counted), counted.size),
    equal("units held at the end = 0", stock.held, 0),
    equal("units sold + units on sale again = units", stock.sold + stock.available, units),
    ...moneyLaws(facts, books, confirmed, priceMinor),
  ];
}

function moneyLaws(
  { orders }: Facts,
  books: readonly BookedPayment[],
  confirmed: ReadonlySet<string>,
  priceMinor: number,
): RehearsalLaw[] {
  const captured = books.filter(({ capturedMinor }) => capturedMinor > 0);
  const byOrder = Map.groupBy(captured, ({ orderId }) => orderId as string);
  const isPaidOnce = (id: string) => {
    const [payment, ...others] = byOrder.get(id) ?? [];
    return others.length === 0 && payment?.capturedMinor === priceMinor && payment.refundedMinor === 0;
  };
  const kept = captured.filter(({ capturedMinor, refundedMinor }) => capturedMinor > refundedMinor);
  const keptMinor = sum(kept.map(({ capturedMinor, refundedMinor }) => capturedMinor - refundedMinor));
  const inRows = sum(orders.map(({ capturedMinor, refundedMinor }) => capturedMinor - refundedMinor));
  const strangers = kept.filter(({ orderId }) => !confirmed.has(orderId)).length;
  const paidOnce = [...confirmed].filter(isPaidOnce).length;
  return [
    equal(
      "money taken by the provider's books = confirmed orders × price",
      keptMinor,
      confirmed.size * priceMinor,
    ),
    equal("money taken by the provider's books = by the order rows", keptMinor, inRows),
    equal("confirmed orders whose price was taken once = confirmed orders", paidOnce, confirmed.size),
    equal("payments kept for no confirmed order = 0", strangers, 0),
    equal("payments left open at the provider = 0", books.filter((payment) => !isAtRest(payment)).length, 0),
  ];
}

/** Where a hold ended before the last one came, its unit may have been held twice. */
function holdsLaw({ buyers, units, facts }: Rehearsed, holds: number): RehearsalLaw {
  const made = facts.ledger.map(({ reservation }) => reservation);
  const firstEndMs = Math.min(...made.map(({ heldUntilMs = Infinity }) => heldUntilMs));
  const lastMadeMs = Math.max(...made.map(({ reservedAtMs }) => reservedAtMs));
  const law = "units held = the smaller of units and people";
  const expected = Math.min(buyers, units);
  return lastMadeMs < firstEndMs ? equal(law, holds, expected) : atLeast("units held", holds, expected);
}

const toldTooEarly = ({ answers, units }: Rehearsed, holds: number): number =>
  holds < units ? answers.filter(({ kind }) => kind === "sold_out" || kind === "no_turn").length : 0;
