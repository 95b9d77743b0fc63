import type { OrderView } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatMoment } from "../page/format.ts";
import { unitsText } from "./order-words.ts";

/** The buyer's own order: place, units, when, and its id. */
export function showOrderFacts(root: ParentNode, order: OrderView | null): void {
  const facts = part(root, "order-facts");
  setShown(facts, order !== null);
  if (!order) return;
  setText(part(facts, "order-place"), `#${formatCount(order.place)}`);
  setText(part(facts, "order-units"), unitsText(order));
  setText(part(facts, "order-reserved"), formatMoment(Date.parse(order.reservedAt)));
  setText(part(facts, "order-id"), order.orderId);
}
