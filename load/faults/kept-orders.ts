/** Orders that were not rejected. */
export const keptOrders = <Order extends { readonly state: string }>(orders: readonly Order[]): Order[] =>
  orders.filter((order) => order.state !== "rejected");
