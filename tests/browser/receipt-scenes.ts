import { buyByApi, newSale } from "./browser-cloud.ts";
import { cancelByApi } from "./cancel-by-api.ts";
import { beginEpoch, holdRows, occupyUnit } from "./faults.ts";
import type { Scene, Stage } from "./scenes.ts";

const ORDER = "**/api/sale/order/*";

async function buyElsewhere({ cloud, buyer }: Stage, mustBeRejected = false) {
  const saleId = await newSale(cloud);
  if (mustBeRejected) await occupyUnit(cloud, saleId, buyer.buyerId);
  const { orderId } = await buyByApi(cloud, saleId, buyer.token);
  return `/order/?id=${orderId}`;
}

/** An order that no gate of the present epoch is known to count, while its row cannot be written. */
async function openPending({ cloud, shopper, buyer }: Stage): Promise<void> {
  const saleId = await newSale(cloud);
  const release = await holdRows(cloud, saleId);
  const { orderId } = await buyByApi(cloud, saleId, buyer.token);
  await beginEpoch(cloud, saleId);
  await shopper.open(`/order/?id=${orderId}`);
  await shopper.state("pending");
  await shopper.stall(ORDER);
  await release();
}

async function openCancelled({ cloud, shopper, buyer }: Stage, quantity: number): Promise<void> {
  const saleId = await newSale(cloud, { purchaseLimit: quantity });
  const { orderId } = await buyByApi(cloud, saleId, buyer.token, quantity);
  await cancelByApi(cloud, { saleId, orderId }, buyer);
  await shopper.open(`/order/?id=${orderId}`);
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
  {
    name: "receipt-withdraw",
    state: "confirmed",
    reach: async (stage) => {
      const saleId = await newSale(stage.cloud, { purchaseLimit: 2 });
      const { orderId } = await buyByApi(stage.cloud, saleId, stage.buyer.token, 2);
      await stage.shopper.open(`/order/?id=${orderId}`);
      await stage.shopper.part("withdraw-begin").click();
    },
  },
  { name: "receipt-pending", state: "pending", reach: openPending },
  { name: "receipt-returned", state: "returned", reach: (stage) => openCancelled(stage, 1) },
  { name: "receipt-partly", state: "confirmed", reach: (stage) => openCancelled(stage, 3) },
];
