import { createHash } from "node:crypto";
import type { RowState } from "../postgres/tables/orders.ts";

/** As much of an order row as a report has of it: no buyer. */
export type ReportedOrder = {
  readonly orderId: string;
  readonly place: number;
  readonly quantity: number;
  readonly unitsLeft: number;
  readonly unitsWithheld: number;
  readonly state: RowState;
  readonly reservedAtMs: number;
};

/** One line of a report's list of orders; docs/evidence.md has its form. */
export const orderLine = (order: ReportedOrder): string =>
  `${order.orderId} ${order.place} ${order.quantity} ${order.unitsLeft} ${order.unitsWithheld} ${order.state} ${new Date(order.reservedAtMs).toISOString()}\n`;

/** Counts orders and hashes their lines, in the order in which they come: that of their ids. */
export function orderTally() {
  const hash = createHash("sha256");
  const byState: Record<string, number> = {};
  let [lines, sold, withheld] = [0, 0, 0];
  return {
    add(order: ReportedOrder): void {
      hash.update(orderLine(order));
      byState[order.state] = (byState[order.state] ?? 0) + 1;
      lines += 1;
      if (isSold(order.state)) sold += order.unitsLeft;
      withheld += order.unitsWithheld;
    },
    end: () => ({ lines, sold, withheld, byState, sha256: hash.digest("hex") }),
  };
}

/** Units of which states count as sold, as PostgreSQL counts them. */
const isSold = (state: RowState): boolean =>
  state === "placed" || state === "confirmed" || state === "returned";
