import type { ReservationState } from "../../../core/reservation/lifecycle.ts";
import type { Facts } from "../../verdict/facts.ts";
import { mustEqual, type Violation, violationOf } from "../../verdict/violation.ts";
import { judgeRefunds } from "./judge-refunds.ts";
import { orderOf, type ProviderBooks } from "./paid-rest.ts";
import type { PaidAnswer } from "./pay-holds.ts";

/** States in which nothing is left to be done. */
const ENDED: readonly ReservationState["kind"][] = [
  "confirmed",
  "refunded",
  "expired",
  "cancelled",
  "failed",
  "rejected",
];

/**
 * Judges a sale that is paid for, once it has come to rest, by the stores and by the provider's own books: every unit is paid
 * for or on sale, and the money that was taken and not given back is the price of the units that buyers have, to the cent. Of
 * an order whose units went back the money did, too. Only what a merchant gave back at the provider's own console, and what no
 * unit came back for, is missing beside it.
 */
export function judgePaid(
  facts: Facts,
  books: ProviderBooks,
  answers: readonly Pick<PaidAnswer, "orderId" | "hasPaid">[],
  priceMinor: number,
): Violation[] {
  const confirmed = facts.ledger.filter(({ state }) => state === "confirmed");
  const ids = new Set<string>(confirmed.map(({ orderId }) => orderId));
  const kept = books.intents.filter(({ received, refunded }) => received > 0 && received > refunded);
  return [
    ...unitLaws(facts, confirmed),
    ...orderMoneyLaws(facts, books, confirmed, priceMinor),
    ...violationOf(
      "money",
      "payments kept for no confirmed order",
      kept.filter(({ metadata }) => !ids.has(orderOf(metadata))).map(({ id }) => id),
    ),
    ...mustEqual(
      "money",
      "captured and the price of what is confirmed",
      kept.reduce((sum, { received, refunded }) => sum + received - refunded, 0),
      unitsOf(confirmed) * priceMinor - confirmed.reduce((sum, order) => sum + besideMinor(order), 0),
    ),
    ...judgeRefunds(facts, books),
    ...openMoneyLaws(books),
    ...violationOf(
      "untrue",
      "buyers whose money was taken on the page, and who have no order and were not paid back",
      answers
        .filter(({ hasPaid, orderId }) => hasPaid && !ids.has(orderId))
        .filter(({ orderId }) => kept.some(({ metadata }) => orderOf(metadata) === orderId))
        .map(({ orderId }) => orderId),
    ),
  ];
}

type Order = Facts["ledger"][number];

const unitsOf = (orders: readonly Order[]) => orders.reduce((sum, { unitsLeft }) => sum + unitsLeft, 0);

/** Every unit is on sale or in a confirmed order, and all stores have the same of these. */
function unitLaws({ gate, ledger, database }: Facts, confirmed: readonly Order[]): Violation[] {
  const { allocated, available, held, sold, withheld } = gate.stock;
  const units = unitsOf(confirmed);
  const rows = database.rows.filter(({ state }) => state === "confirmed");
  return [
    ...mustEqual(
      "conservation",
      "units in the gate and allocated",
      available + held + sold + withheld,
      allocated,
    ),
    ...mustEqual("settled", "units held at the end", held, 0),
    ...mustEqual("one_truth", "units sold in the gate and confirmed in the ledger", sold, units),
    ...mustEqual("one_truth", "units sold in PostgreSQL and confirmed in the ledger", database.sold, units),
    ...mustEqual(
      "one_truth",
      "confirmed rows and confirmed entries of the ledger",
      rows.length,
      confirmed.length,
    ),
    ...violationOf(
      "settled",
      "orders that are neither confirmed nor ended",
      ledger.filter(({ state }) => !ENDED.includes(state)).map(({ orderId, state }) => `${orderId} ${state}`),
    ),
  ];
}

/** The money of each order was taken once, and given back for each unit that came back. */
function orderMoneyLaws(
  { ledger }: Facts,
  { intents, refunds }: ProviderBooks,
  confirmed: readonly Order[],
  priceMinor: number,
): Violation[] {
  const captured = intents.filter(({ received }) => received > 0);
  const byOrder = Map.groupBy(captured, ({ metadata }) => orderOf(metadata));
  const isPaid = (order: Order) => {
    const { orderId, quantity, unitsLeft } = order;
    const [payment, ...others] = byOrder.get(orderId) ?? [];
    if (!payment || others.length > 0) return false;
    const backMinor = priceMinor * (quantity - unitsLeft) + besideMinor(order);
    return payment.received === priceMinor * quantity && payment.refunded === backMinor;
  };
  const unpaid = (orders: readonly Order[]) =>
    orders.filter((order) => !isPaid(order)).map(({ orderId }) => orderId);
  return [
    ...violationOf("money", "confirmed orders without their money", unpaid(confirmed)),
    ...violationOf(
      "money",
      "orders that are refunded, and whose money was not taken once and given back whole",
      unpaid(ledger.filter(({ state }) => state === "refunded")),
    ),
    ...violationOf("money", "refunds that are more than was taken, or that failed", [
      ...intents.filter(({ received, refunded }) => refunded > received).map(({ id }) => id),
      ...refunds.filter(({ status }) => status === "failed").map(({ id }) => id),
    ]),
  ];
}

/** Nothing is left at the provider that somebody could still pay, or be charged for. */
const openMoneyLaws = ({ intents, sessions }: ProviderBooks): Violation[] => [
  ...violationOf(
    "money",
    "authorisations left open",
    intents.filter(({ status }) => status === "requires_capture").map(({ id }) => id),
  ),
  ...violationOf(
    "money",
    "pages on which an order that ended can be paid for",
    sessions.filter(({ status }) => status === "open").map(({ metadata }) => orderOf(metadata)),
  ),
];

/** Given back at the provider's own console, and no unit came back for it. */
const besideMinor = ({ moneyBack }: Facts["ledger"][number]): number =>
  moneyBack.outsideMinor - moneyBack.coveredMinor;
