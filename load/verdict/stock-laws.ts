import { isConserved } from "../../core/sale/stock.ts";
import type { BuyerId } from "../../core/ids.ts";
import type { ClientAnswer } from "./client-answer.ts";
import type { Facts } from "./facts.ts";
import { mustEqual, type Violation, violationOf } from "./violation.ts";

/** Conservation, and exact sell-out: numbers of units. */
export function judgeStock({ gate, database }: Facts, clientLog: readonly ClientAnswer[]): Violation[] {
  const { stock } = gate;
  const sumsUp = isConserved(stock) ? [] : [JSON.stringify(stock)];
  const confirmedUnits = units(database.rows);
  return [
    ...violationOf("conservation", "stock does not add up", sumsUp),
    ...mustEqual(
      "conservation",
      "units of the gate's buyers and its counters",
      units(gate.orders),
      taken(gate),
    ),
    ...mustEqual(
      "conservation",
      "allocation of the gate and PostgreSQL",
      stock.allocated,
      database.allocated,
    ),
    ...mustEqual("conservation", "sales.sold and units of its rows", database.sold, confirmedUnits),
    ...judgeSellOut({ gate, database }, clientLog),
  ];
}

/** Neither oversold nor, if the buyers wanted that many and none were taken back, short of one unit. */
function judgeSellOut(
  { gate, database }: Pick<Facts, "gate" | "database">,
  clientLog: readonly ClientAnswer[],
): Violation[] {
  const { allocated, available } = gate.stock;
  const sold = taken(gate);
  if (sold > allocated) return [{ law: "sell_out", says: `oversold: ${sold} units of ${allocated}` }];
  const { demand, smallest } = demandOf(clientLog, database.purchaseLimit);
  if (database.rows.some((row) => row.state !== "rejected" && row.unitsLeft < row.quantity)) return [];
  const isShort = demand >= allocated ? available >= smallest : sold !== demand;
  if (!isShort) return [];
  return [{ law: "sell_out", says: `${sold} of ${allocated} units sold although ${demand} were wanted` }];
}

/** Units wanted by all buyers together, each up to the purchase limit, and the smallest quantity that anyone asked for. */
function demandOf(clientLog: readonly ClientAnswer[], purchaseLimit: number) {
  const quantities = new Map(clientLog.map((one) => [`${one.buyerId} ${one.key}`, one]));
  const wanted = new Map<BuyerId, number>();
  let smallest = Infinity;
  for (const { buyerId, quantity } of quantities.values()) {
    wanted.set(buyerId, Math.min(purchaseLimit, (wanted.get(buyerId) ?? 0) + quantity));
    smallest = Math.min(smallest, quantity);
  }
  return { demand: [...wanted.values()].reduce((sum, one) => sum + one, 0), smallest };
}

const units = (orders: readonly { readonly unitsLeft: number }[]) =>
  orders.reduce((sum, order) => sum + order.unitsLeft, 0);
const taken = ({ stock }: Facts["gate"]) => stock.held + stock.sold;
