import { isConserved } from "../../core/sale/stock.ts";
import type { BuyerId } from "../../core/ids.ts";
import type { ClientAnswer } from "./client-answer.ts";
import type { Facts } from "./facts.ts";
import { unitsLeft, unitsWithheld } from "./units.ts";
import { mustEqual, type Violation, violationOf } from "./violation.ts";

/** Conservation, and exact sell-out: numbers of units. */
export function judgeStock(facts: Facts, clientLog: readonly ClientAnswer[]): Violation[] {
  const { gate, database } = facts;
  const { stock } = gate;
  return [
    ...violationOf(
      "conservation",
      "stock does not add up",
      isConserved(stock) ? [] : [JSON.stringify(stock)],
    ),
    ...equal("units of the gate's buyers and its counters", unitsLeft(gate.orders), taken(gate)),
    ...equal("allocation of the gate and PostgreSQL", stock.allocated, database.allocated),
    ...equal("sales.sold and units of its rows", database.sold, unitsLeft(database.rows)),
    ...equal("units sold in the gate and sales.sold", taken(gate), database.sold),
    ...equal("sales.withheld and units of its rows", database.withheld, unitsWithheld(database.rows)),
    ...equal("units withheld in the gate and sales.withheld", stock.withheld, database.withheld),
    ...judgeSellOut(facts, clientLog),
  ];
}

const equal = (what: string, left: number, right: number) => mustEqual("conservation", what, left, right);

/**
 * Neither oversold nor, if the buyers wanted that many, short of one unit. Where units came back, some may have been
 * refused that were there later; a fault's line then says itself what must be sold.
 */
function judgeSellOut({ gate, database }: Facts, clientLog: readonly ClientAnswer[]): Violation[] {
  const { allocated, available, withheld } = gate.stock;
  const sold = taken(gate);
  if (sold + withheld > allocated)
    return [{ law: "sell_out", finding: `oversold: ${sold} units, ${withheld} withheld, of ${allocated}` }];
  if (database.rows.some((row) => row.state !== "rejected" && row.unitsLeft < row.quantity)) return [];
  const { demand, smallest } = demandOf(clientLog, database.purchaseLimit);
  const isShort = demand >= allocated ? available >= smallest : sold !== demand;
  if (!isShort) return [];
  return [{ law: "sell_out", finding: `${sold} of ${allocated} units sold although ${demand} were wanted` }];
}

/** Units wanted by all buyers together, each up to the purchase limit, and the smallest quantity that anyone asked for. */
function demandOf(clientLog: readonly ClientAnswer[], purchaseLimit: number) {
  const quantities = new Map(clientLog.map((answer) => [`${answer.buyerId} ${answer.key}`, answer]));
  const unitsByBuyer = new Map<BuyerId, number>();
  let smallest = Infinity;
  for (const { buyerId, quantity } of quantities.values()) {
    unitsByBuyer.set(buyerId, Math.min(purchaseLimit, (unitsByBuyer.get(buyerId) ?? 0) + quantity));
    smallest = Math.min(smallest, quantity);
  }
  return { demand: [...unitsByBuyer.values()].reduce((sum, quantity) => sum + quantity, 0), smallest };
}

const taken = ({ stock }: Facts["gate"]) => stock.held + stock.sold;
