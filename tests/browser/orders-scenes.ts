import { buyByApi, newSale } from "./browser-cloud.ts";
import { cancelByApi } from "./cancel-by-api.ts";
import { holdRows, occupyUnit } from "./faults.ts";
import type { Scene, Stage } from "./scenes.ts";

const ORDERS = "**/api/orders";

/** One order in each state, and one that is returned in part; the first of them stays accepted, since the page is kept from looking at it again. */
async function haveOrders({ cloud, shopper, buyer }: Stage): Promise<void> {
  const { buyerId, token } = buyer;
  for (const [quantity, name] of [
    [1, "Aria headphones"],
    [2, "Opal teapot"],
  ] as const) {
    const saleId = await newSale(cloud, { name, priceMinor: 24_900, purchaseLimit: quantity });
    const { orderId } = await buyByApi(cloud, saleId, token, quantity);
    await cancelByApi(cloud, { saleId, orderId }, buyer);
  }
  await buyByApi(cloud, await newSale(cloud, { name: "Halcyon desk lamp", priceMinor: 12_900 }), token);
  const rejected = await newSale(cloud, { name: "Lumen field camera", priceMinor: 89_000 });
  await occupyUnit(cloud, rejected, buyerId);
  await buyByApi(cloud, rejected, token);
  const accepted = await newSale(cloud);
  const release = await holdRows(cloud, accepted);
  await buyByApi(cloud, accepted, token);
  await shopper.stall("**/api/sale/order/*");
  await shopper.open("/orders/");
  await shopper.state("ready");
  await release();
}

/** Each state of the list of a buyer's orders. */
export const ordersScenes: readonly Scene[] = [
  {
    name: "orders-loading",
    state: "loading",
    reach: async ({ shopper }) => {
      await shopper.stall(ORDERS);
      await shopper.open("/orders/");
    },
  },
  {
    name: "orders-sign-in",
    state: "sign_in",
    isAnonymous: true,
    reach: ({ shopper }) => shopper.open("/orders/"),
  },
  { name: "orders-empty", state: "empty", reach: ({ shopper }) => shopper.open("/orders/") },
  {
    name: "orders-unreachable",
    state: "unreachable",
    reach: async ({ shopper }) => {
      await shopper.page.route(ORDERS, (route) => route.abort());
      await shopper.open("/orders/");
    },
  },
  { name: "orders-ready", state: "ready", reach: haveOrders },
];
