import type { OrderId } from "../ids.ts";
import type { SaleEntry } from "../reservation/ledger.ts";
import type { Facts, RefundRow } from "./facts.ts";
import { identity, type Identity, type Money } from "./report.ts";
import { sum } from "./sums.ts";

/** Of a sale that takes no money there is nothing to compare. */
export function moneyIdentities(facts: Facts, entries: ReadonlyMap<OrderId, SaleEntry>): Identity[] {
  const taken = facts.orders.filter(({ state }) => ["confirmed", "returned", "refunded"].includes(state));
  const paidFor = sum(taken.map(({ orderId }) => entries.get(orderId)?.state.payment?.amountMinor ?? 0));
  const captured = sum(facts.orders.map(({ capturedMinor }) => capturedMinor));
  if (captured === 0 && paidFor === 0) return [];
  const refunded = sum(facts.orders.map(({ refundedMinor }) => refundedMinor));
  const given = sum(facts.refunds.map(({ givenMinor }) => givenMinor));
  return [
    identity("money taken = paid for in the ledger", captured, paidFor),
    identity("money taken - given back = what stands", captured - refunded, paidFor - given),
  ];
}

/** What was taken of a sale's money and given back; nothing if it took none. */
export function moneyOf({ orders, refunds }: Facts): { readonly money?: Money } {
  const capturedMinor = sum(orders.map((order) => order.capturedMinor));
  if (capturedMinor === 0) return {};
  const of = (state: RefundRow["state"]) =>
    sum(refunds.filter((refund) => refund.state === state).map(({ amountMinor }) => amountMinor));
  return {
    money: {
      capturedMinor,
      refundedMinor: sum(orders.map((order) => order.refundedMinor)),
      dueMinor: of("due"),
      failedMinor: of("failed"),
      outsideMinor: of("outside"),
    },
  };
}
