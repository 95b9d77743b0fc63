import { texts } from "../../../texts/texts.ts";
import type { OrderView } from "../api/contract.ts";
import { formatCount } from "../page/format.ts";
import { unitsTakenBack } from "./order-state.ts";

/** Its units; where it is not all the buyer's any more, of how many. */
export const unitsText = ({ quantity, unitsLeft }: OrderView): string =>
  unitsLeft === quantity
    ? formatCount(quantity)
    : texts.partly.units(formatCount(unitsLeft), formatCount(quantity));

/** Why it was rejected, or what of it was taken back; empty: there is nothing to add to its state. */
export function noteOf(order: OrderView): string {
  if (order.reason !== undefined) return texts.sale.reason(order.reason);
  const takenBack = unitsTakenBack(order);
  return takenBack > 0 ? texts.partly.takenBack(formatCount(takenBack)) : "";
}
