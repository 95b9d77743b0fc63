import type { Facts, LedgerOrder } from "../../verdict/facts.ts";
import { type Violation, violationOf } from "../../verdict/violation.ts";
import { orderOf, type ProviderBooks } from "./paid-rest.ts";

type Intent = ProviderBooks["intents"][number];

/**
 * Judges what went back, each time by itself: the provider's refunds of a payment add up to what it says went back of it, and the
 * records say the same of each order, by whom it was given back, and that nothing more is to.
 */
export function judgeRefunds({ ledger, database }: Facts, books: ProviderBooks): Violation[] {
  const refunds = Map.groupBy(
    books.refunds.filter(({ status }) => status !== "failed"),
    ({ intent }) => intent,
  );
  const sumOf = ({ id }: Intent, isOne: (key: string | undefined) => boolean = () => true) =>
    (refunds.get(id) ?? [])
      .filter(({ metadata }) => isOne(metadata["key"]))
      .reduce((sum, { amount }) => sum + amount, 0);
  const captured = Map.groupBy(
    books.intents.filter(({ received }) => received > 0),
    ({ metadata }) => orderOf(metadata),
  );
  const rows = new Map(database.rows.map(({ orderId, refundedMinor }) => [orderId, refundedMinor]));
  const isTold = ({ orderId, moneyBack }: LedgerOrder): boolean => {
    const [payment] = captured.get(orderId) ?? [];
    if (!payment) return true;
    const [ours, theirs] = [
      sumOf(payment, (key) => key !== undefined),
      sumOf(payment, (key) => key === undefined),
    ];
    const { givenMinor, outsideMinor, coveredMinor } = moneyBack;
    const isSame = givenMinor === ours && outsideMinor === theirs && coveredMinor <= outsideMinor;
    return isSame && rows.get(orderId) === ours + theirs;
  };
  return [
    ...violationOf(
      "money",
      "payments whose refunds are not what went back of them",
      books.intents.filter((intent) => intent.refunded !== sumOf(intent)).map(({ id }) => id),
    ),
    ...violationOf(
      "money",
      "orders of which the records say otherwise than the provider what went back, and by whom",
      ledger
        .filter(({ state }) => hasMoney.includes(state))
        .filter((order) => !isTold(order))
        .map(({ orderId }) => orderId),
    ),
    ...violationOf(
      "settled",
      "orders of which money is to go back still",
      ledger.filter(({ moneyBack }) => moneyBack.dueMinor > 0).map(({ orderId }) => orderId),
    ),
  ];
}

/** Money of another order that was taken goes back whole, and no record speaks of it. */
const hasMoney: readonly LedgerOrder["state"][] = ["confirmed", "returned", "refunded"];
