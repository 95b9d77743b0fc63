import { api } from "../api/api.ts";
import type { BuyerOrder, BuyerOrderPage, OrderView, SaleId } from "../api/contract.ts";
import { isUnderWay } from "../order/order-state.ts";
import type { Reply } from "../api/request.ts";

export type LoadedOrders =
  | { readonly kind: "whole"; readonly orders: readonly BuyerOrder[] }
  | { readonly kind: "signed_out" | "unknown" };

/** All orders of the buyer, newest first, once every page of them is there: a part is never taken for the whole. */
export async function loadOrders(): Promise<LoadedOrders> {
  const orders: BuyerOrder[] = [];
  let after: SaleId | null = null;
  do {
    const reply: Reply<BuyerOrderPage> = await api.buyerOrders(after);
    if (reply.kind !== "ok") return withoutAnswer(reply);
    orders.push(...reply.value.orders);
    after = reply.value.next;
  } while (after !== null);
  return { kind: "whole", orders: orders.toSorted((a, b) => b.reservedAt.localeCompare(a.reservedAt)) };
}

/** The same orders, with what is known by now of those that were not decided. */
export async function followOrders(orders: readonly BuyerOrder[]): Promise<LoadedOrders> {
  const undecided = orders.filter(isUnderWay);
  const replies = await Promise.all(undecided.map((order) => api.order(order.orderId)));
  const seen = new Map<string, OrderView>();
  for (const reply of replies) {
    if (reply.kind !== "ok") return withoutAnswer(reply);
    seen.set(reply.value.orderId, reply.value);
  }
  return { kind: "whole", orders: orders.map((order) => ({ ...order, ...seen.get(order.orderId) })) };
}

const withoutAnswer = (reply: Exclude<Reply<unknown>, { kind: "ok" }>): LoadedOrders => ({
  kind: reply.kind === "refused" && reply.problem.kind === "unauthenticated" ? "signed_out" : "unknown",
});
