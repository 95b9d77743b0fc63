import type { OrderView, SaleStatus } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatMoment, formatPrice } from "../page/format.ts";
import { unitsText } from "./order-words.ts";

type Price = Pick<SaleStatus, "priceMinor" | "currency">;

/** The buyer's own order: place, units, their price where it is known, when, and its id. */
export function showOrderFacts(root: ParentNode, order: OrderView | null, price: Price | null = null): void {
  const facts = part(root, "order-facts");
  setShown(facts, order !== null);
  if (!order) return;
  setText(part(facts, "order-place"), `#${formatCount(order.place)}`);
  setText(part(facts, "order-units"), unitsText(order));
  const isPriced = price !== null && order.unitsLeft > 0;
  setShown(part(facts, "order-total-row"), isPriced);
  if (isPriced)
    setText(part(facts, "order-total"), formatPrice(price.priceMinor * order.unitsLeft, price.currency));
  setText(part(facts, "order-reserved"), formatMoment(Date.parse(order.reservedAt)));
  setShown(part(facts, "order-held-row"), order.expiresAt !== undefined);
  if (order.expiresAt !== undefined)
    setText(part(facts, "order-held"), formatMoment(Date.parse(order.expiresAt)));
  setText(part(facts, "order-id"), order.orderId);
}
