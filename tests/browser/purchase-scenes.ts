import { randomUUID } from "node:crypto";
import { administer, buyByApi } from "./browser-cloud.ts";
import { forgetSale, occupyUnit } from "./faults.ts";
import type { Scene, Stage } from "./scenes.ts";

const STATUS = "**/api/sale/status/*";
const HOUR_MS = 3_600_000;

/** Opens a sale whose page then hears no more of it, so that what an operator does meets a page that does not know. */
async function openUnknowing({ shopper, openSale }: Stage, settings?: Parameters<Stage["openSale"]>[0]) {
  const saleId = await openSale(settings);
  await shopper.part("buy").waitFor();
  await shopper.stall(STATUS);
  return saleId;
}
const clickBuy = ({ shopper }: Stage) => shopper.part("buy").click();

async function buy(stage: Stage, settings?: Parameters<Stage["openSale"]>[0]) {
  await stage.openSale(settings);
  await clickBuy(stage);
}

/** Leaves the page as an earlier visit would that was cut short with a request under way, and comes back. */
async function comeBack({ shopper, buyer }: Stage, saleId: string, { quantity }: { quantity: number }) {
  const intent = { key: randomUUID(), saleId, buyerId: buyer.buyerId, quantity, isDoubtful: true };
  const item = [`flash-sale.intent.${saleId}.${buyer.buyerId}`, JSON.stringify(intent)];
  await shopper.page.evaluate(`localStorage.setItem(...${JSON.stringify(item)})`);
  await shopper.page.reload();
}

/** Each state that a purchase puts the sale's page into. */
export const purchaseScenes: readonly Scene[] = [
  {
    name: "purchase-submitting",
    state: "submitting",
    reach: async (stage) => {
      await stage.shopper.stall("**/api/sale/purchase");
      await buy(stage);
    },
  },
  {
    name: "purchase-checking",
    state: "checking",
    reach: async (stage) => {
      await forgetSale(stage.cloud, await openUnknowing(stage));
      await clickBuy(stage);
    },
  },
  {
    name: "purchase-rate-limited",
    state: "rate_limited",
    reach: async (stage) => {
      const saleId = await openUnknowing(stage, { attemptLimit: 1, purchaseLimit: 3 });
      await buyByApi(stage.cloud, saleId, stage.buyer.token);
      await clickBuy(stage);
    },
  },
  {
    name: "purchase-paused",
    state: "purchase_paused",
    reach: async (stage) => {
      await administer(stage.cloud, await openUnknowing(stage), "pause");
      await clickBuy(stage);
    },
  },
  {
    name: "purchase-offline",
    state: "offline",
    reach: async (stage) => {
      await openUnknowing(stage);
      await stage.shopper.context.setOffline(true);
      await clickBuy(stage);
    },
  },
  {
    name: "purchase-session-expired",
    state: "session_expired",
    reach: async (stage) => {
      await openUnknowing(stage);
      await stage.shopper.context.clearCookies();
      await clickBuy(stage);
    },
  },
  {
    name: "purchase-accepted",
    state: "accepted",
    reach: async (stage) => {
      await stage.shopper.stall("**/api/sale/order/*");
      await buy(stage);
    },
  },
  { name: "purchase-confirmed", state: "confirmed", reach: (stage) => buy(stage) },
  {
    name: "purchase-already-bought",
    state: "already_bought",
    reach: async (stage) => {
      await buyByApi(stage.cloud, await openUnknowing(stage), stage.buyer.token);
      await clickBuy(stage);
    },
  },
  {
    name: "purchase-rejected",
    state: "rejected",
    reach: async (stage) => {
      await occupyUnit(stage.cloud, await openUnknowing(stage), stage.buyer.buyerId);
      await clickBuy(stage);
    },
  },
  {
    name: "purchase-not-open",
    state: "not_open",
    reach: async (stage) =>
      comeBack(stage, await stage.openSale({ startsAt: new Date(Date.now() + HOUR_MS).toISOString() }), {
        quantity: 1,
      }),
  },
  {
    name: "purchase-refused",
    state: "refused",
    reach: async (stage) => comeBack(stage, await stage.openSale(), { quantity: 3 }),
  },
];
