import { administer, buyByApi } from "./browser-cloud.ts";
import { forgetSale } from "./faults.ts";
import type { Scene, Stage } from "./scenes.ts";

const STATUS = "**/api/sale/status/*";
const inFuture = (ms: number) => new Date(Date.now() + ms).toISOString();
const HOUR_MS = 3_600_000;

async function meetSilence({ shopper, openSale }: Stage, isAborted: boolean) {
  if (isAborted) await shopper.page.route(STATUS, (route) => route.abort());
  else await shopper.stall(STATUS);
  await openSale();
}

/** Each state of the sale's page. */
export const saleScenes: readonly Scene[] = [
  { name: "sale-loading", state: "loading", reach: (stage) => meetSilence(stage, false) },
  { name: "sale-unreachable", state: "unreachable", reach: (stage) => meetSilence(stage, true) },
  { name: "sale-not-found", state: "not_found", reach: ({ shopper }) => shopper.open("/sale/?id=nothing") },
  {
    name: "sale-scheduled",
    state: "scheduled",
    isAnonymous: true,
    reach: ({ openSale }) => openSale({ startsAt: inFuture(HOUR_MS) }),
  },
  {
    name: "sale-scheduled-signed-in",
    state: "scheduled",
    reach: ({ openSale }) => openSale({ startsAt: inFuture(50 * HOUR_MS) }),
  },
  {
    name: "sale-opening",
    state: "opening",
    reach: async ({ shopper, openSale }) => {
      await shopper.page.clock.install();
      await openSale({ startsAt: inFuture(65_000) });
      await shopper.state("scheduled");
      await shopper.stall(STATUS);
      // A page that has heard nothing for a minute does not open by its clock.
      await shopper.page.clock.fastForward(75_000);
    },
  },
  { name: "sale-open-anonymous", state: "open", isAnonymous: true, reach: ({ openSale }) => openSale() },
  {
    name: "sale-open-code",
    state: "open",
    isAnonymous: true,
    reach: async ({ shopper, openSale }) => {
      await openSale();
      await shopper.part("email").fill("dora@example.com");
      await shopper.part("send-code").click();
      await shopper.part("code").fill("12");
      await shopper.part("submit-code").click();
      await shopper.part("code-error").waitFor();
    },
  },
  {
    name: "sale-open",
    state: "open",
    reach: async ({ shopper, openSale }) => {
      await openSale({ purchaseLimit: 4 });
      await shopper.part("buy").waitFor();
    },
  },
  {
    name: "sale-sold-out",
    state: "sold_out",
    isAnonymous: true,
    reach: async ({ cloud, openSale }) => buyByApi(cloud, await openSale({ allocated: 1 })),
  },
  {
    name: "sale-paused",
    state: "paused",
    reach: async ({ cloud, openSale }) => administer(cloud, await openSale(), "pause"),
  },
  {
    name: "sale-recovering",
    state: "recovering",
    reach: async ({ cloud, openSale }) => forgetSale(cloud, await openSale()),
  },
  {
    name: "sale-ended",
    state: "ended",
    reach: async ({ cloud, openSale }) => administer(cloud, await openSale(), "end"),
  },
];
