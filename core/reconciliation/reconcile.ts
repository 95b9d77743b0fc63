import { isConserved, takenUnits } from "../sale/stock.ts";
import { driftOf, unfinishedOf } from "./differences.ts";
import type { Facts } from "./facts.ts";
import { moneyIdentities, moneyOf } from "./money.ts";
import { groupOrders, type OrderGroups } from "./order-groups.ts";
import { type Identity, identity, type Report } from "./report.ts";
import { sum, unitsLeft } from "./sums.ts";

/**
 * Compares the stores. Three kinds of difference are no drift, since the guardian ends them by itself: `without_order` and
 * `undecided` are published again, `not_given_back` is told to the gate.
 */
export function reconcile(facts: Facts): Report {
  const groups = groupOrders(facts);
  const { holds, withoutOrder, outboxOnly, undecided, entries } = groups;
  const drift = driftOf(facts, groups);
  const countOf = (state: "placed" | "rejected") => facts.orders.filter((row) => row.state === state).length;
  return {
    identities: [...unitIdentities(facts, groups), ...moneyIdentities(facts, entries)],
    differences: [...drift, ...unfinishedOf(facts, groups)],
    driftUnits: sum(drift.map(({ quantity }) => quantity)),
    inFlight: withoutOrder.length + outboxOnly.length,
    unpaid: holds.length + countOf("placed") + facts.refunds.filter(({ state }) => state === "due").length,
    ...moneyOf(facts),
    undecided: undecided.length,
    rejected: countOf("rejected"),
    deadLetters: facts.deadLetters,
  };
}

/** From the gate to the order rows, store by store: what one has must be in the next, or be known to be on its way. */
function unitIdentities({ orders, stock, gateOrders, soldInOrders }: Facts, groups: OrderGroups): Identity[] {
  const { leftOf, counted, withoutRow, confirmed, notGivenBack, outboxOnly } = groups;
  const gateUnits = unitsLeft(gateOrders);
  const ledgerUnits = sum(counted.map(({ reservation }) => leftOf(reservation.orderId)?.unitsLeft ?? 0));
  const owedUnits = sum(notGivenBack.map(({ order, left }) => order.unitsLeft - left.unitsLeft));
  const owedWithheld = sum(notGivenBack.map(({ order, left }) => left.unitsWithheld - order.unitsWithheld));
  return [
    identity(
      "available + held + sold + withheld = allocated",
      stock.available + takenUnits(stock),
      stock.allocated,
      isConserved(stock),
    ),
    identity("sold in the gate = units of its buyers", stock.sold + stock.held, gateUnits),
    identity(
      "gate = ledger + outbox + to be given back",
      gateUnits,
      ledgerUnits + unitsLeft(outboxOnly) + owedUnits,
    ),
    identity(
      "ledger = order rows + unpaid holds + in flight",
      ledgerUnits,
      unitsLeft(confirmed) + sum(withoutRow.map(({ reservation }) => reservation.quantity)),
    ),
    identity("sales.sold = order rows", soldInOrders, unitsLeft(confirmed)),
    identity(
      "withheld in the gate = order rows",
      stock.withheld + owedWithheld,
      sum(orders.map(({ unitsWithheld }) => unitsWithheld)),
    ),
  ];
}
