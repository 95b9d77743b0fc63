import { buyByApi, newSale } from "./browser-cloud.ts";
import { occupyUnit } from "./faults.ts";
import type { Scene, Stage } from "./scenes.ts";

const ORDER = "**/api/sale/order/*";

async function buyElsewhere({ cloud, buyer }: Stage, mustBeRejected = false) {
  const saleId = await newSale(cloud);
  if (mustBeRejected) await occupyUnit(cloud, saleId, buyer.buyerId);
  const { orderId } = await buyByApi(cloud, saleId, buyer.token);
  return `/order/?id=${orderId}`;
}

/** Each state of the receipt's page. */
export const receiptScenes: readonly Scene[] = [
  {
    name: "receipt-sign-in",
    state: "sign_in",
    isAnonymous: true,
    reach: async (stage) => stage.shopper.open(await buyElsewhere(stage)),
  },
  {
    name: "receipt-missing",
    state: "missing",
    reach: ({ shopper }) => shopper.open("/order/?id=ord_01J9ZQ4Z6XWT9YV3W3V9K8M2QD"),
  },
  {
    name: "receipt-unreachable",
    state: "unreachable",
    reach: async (stage) => {
      await stage.shopper.page.route(ORDER, (route) => route.abort());
      await stage.shopper.open(await buyElsewhere(stage));
    },
  },
  {
    name: "receipt-confirmed",
    state: "confirmed",
    reach: async (stage) => stage.shopper.open(await buyElsewhere(stage)),
  },
  {
    name: "receipt-rejected",
    state: "rejected",
    reach: async (stage) => stage.shopper.open(await buyElsewhere(stage, true)),
  },
];
