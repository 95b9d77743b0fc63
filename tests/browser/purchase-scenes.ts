import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Page } from "playwright-core";
import { administer, buyByApi, newSale } from "./browser-cloud.ts";
import { cancelByApi } from "./cancel-by-api.ts";
import { beginEpoch, forgetSale, holdRows, occupyUnit } from "./faults.ts";
import type { Scene, Stage } from "./scenes.ts";

const STATUS = "**/api/sale/status/*";
const PURCHASE = "**/api/sale/purchase";
const HOUR_MS = 3_600_000;
/** As in reserve.lua. */
const ATTEMPTS_WINDOW_MS = 10_000;
/** More than a purchase takes on the slowest machine. */
const ROOM_MS = 3_000;

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

/**
 * Lets the page have the sale as it was before the purchase's answer, and nothing newer, which would take over from a
 * refusal that speaks of the sale.
 */
async function keepFirstStatus(page: Page) {
  const first = page.waitForResponse(STATUS).catch(() => null);
  let isFirst = true;
  await page.route(STATUS, (route) => {
    if (!isFirst) return undefined;
    isFirst = false;
    return route.continue();
  });
  await page.route(PURCHASE, async (route) => {
    await first;
    await route.continue();
  });
}

/**
 * Comes to a sale's page as after an earlier visit that was cut short with a request under way. What that visit left is
 * there before the page is: a page that finds it while it loads would have its answer, and forget it.
 */
async function comeBack(
  { cloud, shopper, buyer }: Stage,
  quantity: number,
  settings?: Parameters<typeof newSale>[1],
) {
  const saleId = await newSale(cloud, settings);
  const intent = { key: randomUUID(), saleId, buyerId: buyer.buyerId, quantity, isDoubtful: true };
  const item = [`flash-sale.intent.${saleId}.${buyer.buyerId}`, JSON.stringify(intent)];
  await shopper.open("/");
  await shopper.page.evaluate(`localStorage.setItem(...${JSON.stringify(item)})`);
  await keepFirstStatus(shopper.page);
  await shopper.open(`/sale/?id=${saleId}`);
}

/**
 * Clicks when the buyer has used up their one attempt of the gate's window elsewhere. The request is on its way before
 * that, so that the window cannot end in between; the page's next try gets no answer, so that its state stays.
 */
async function clickWithoutAttempts(stage: Stage, saleId: string) {
  const { cloud, shopper, buyer } = stage;
  const release = await shopper.stall(PURCHASE);
  const purchase = shopper.page.waitForRequest(PURCHASE);
  await clickBuy(stage);
  await purchase;
  const leftMs = ATTEMPTS_WINDOW_MS - (Date.now() % ATTEMPTS_WINDOW_MS);
  if (leftMs < ROOM_MS) await setTimeout(leftMs);
  await buyByApi(cloud, saleId, buyer.token);
  await release();
  await shopper.state("rate_limited");
  await shopper.stall(PURCHASE);
}

/** Comes back to a sale with an order that no gate of the present epoch is known to count yet. */
async function findPending({ cloud, shopper, buyer }: Stage): Promise<void> {
  const saleId = await newSale(cloud);
  const release = await holdRows(cloud, saleId);
  await buyByApi(cloud, saleId, buyer.token);
  await beginEpoch(cloud, saleId);
  await shopper.stall("**/api/sale/order/*");
  await shopper.open(`/sale/?id=${saleId}`);
  await shopper.state("pending");
  await release();
}

async function findReturned({ cloud, shopper, buyer }: Stage): Promise<void> {
  const saleId = await newSale(cloud);
  const { orderId } = await buyByApi(cloud, saleId, buyer.token);
  await cancelByApi(cloud, { saleId, orderId }, buyer);
  await shopper.open(`/sale/?id=${saleId}`);
}

/** Each state that a purchase puts the sale's page into. */
export const purchaseScenes: readonly Scene[] = [
  {
    name: "purchase-submitting",
    state: "submitting",
    reach: async (stage) => {
      await stage.shopper.stall(PURCHASE);
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
      await clickWithoutAttempts(stage, saleId);
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
  {
    name: "purchase-more",
    state: "confirmed",
    reach: async (stage) => {
      await buy(stage, { purchaseLimit: 4 });
      await stage.shopper.part("more-offer").click();
    },
  },
  {
    name: "purchase-too-few",
    state: "too_few",
    reach: async (stage) => {
      const saleId = await openUnknowing(stage, { allocated: 2, purchaseLimit: 2 });
      await stage.shopper.part("quantity").selectOption("2");
      await buyByApi(stage.cloud, saleId);
      await clickBuy(stage);
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
  { name: "purchase-pending", state: "pending", reach: findPending },
  { name: "purchase-returned", state: "returned", reach: findReturned },
  {
    name: "purchase-not-open",
    state: "not_open",
    reach: (stage) => comeBack(stage, 1, { startsAt: new Date(Date.now() + HOUR_MS).toISOString() }),
  },
  {
    name: "purchase-refused",
    state: "refused",
    reach: (stage) => comeBack(stage, 3),
  },
];
