import type { BuyerId } from "../../core/ids.ts";
import type { StoredOrder } from "./facts.ts";

/** The units that each buyer has. */
export function unitsByBuyer(
  orders: readonly Pick<StoredOrder, "buyerId" | "unitsLeft">[],
): Map<BuyerId, number> {
  const units = new Map<BuyerId, number>();
  for (const { buyerId, unitsLeft } of orders) units.set(buyerId, (units.get(buyerId) ?? 0) + unitsLeft);
  return units;
}

/** All units that buyers have. */
export const unitsLeft = (orders: readonly Pick<StoredOrder, "unitsLeft">[]): number =>
  orders.reduce((units, order) => units + order.unitsLeft, 0);

/** All units that came back and were taken off sale. */
export const unitsWithheld = (orders: readonly Pick<StoredOrder, "unitsWithheld">[]): number =>
  orders.reduce((units, order) => units + order.unitsWithheld, 0);
