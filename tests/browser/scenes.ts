import { localSession } from "../../load/local-session.ts";
import { localePath } from "../../web/texts/locale.ts";
import { type BrowserCloud, administer, buyByApi, newSale } from "./browser-cloud.ts";
import { lineScenes } from "./line-scenes.ts";
import { ordersScenes } from "./orders-scenes.ts";
import { paymentScenes } from "./payment-scenes.ts";
import { purchaseScenes } from "./purchase-scenes.ts";
import { receiptScenes } from "./receipt-scenes.ts";
import { saleScenes } from "./sale-scenes.ts";
import { type Shopper, newShopper } from "./shopper.ts";

/** One state of a page, and how a shopper gets to see it: through the real API, and faults outside the page. */
export type Scene = {
  readonly name: string;
  /** What `data-state` then says; the console has none. */
  readonly state?: string;
  readonly isAnonymous?: true;
  readonly reach: (stage: Stage) => Promise<unknown>;
};

export type Stage = {
  readonly cloud: BrowserCloud;
  readonly shopper: Shopper;
  readonly buyer: ReturnType<typeof localSession>;
  /** Creates a sale and opens its page. */
  readonly openSale: (settings?: Parameters<typeof newSale>[1]) => Promise<string>;
};

const HOUR_MS = 3_600_000;
const ABOUT = {
  name: "Meridian turntable",
  description: "Belt drive, walnut plinth, one run of a thousand.",
  allocated: 1000,
};

const listScenes: readonly Scene[] = [
  {
    name: "list",
    state: "ready",
    reach: async ({ cloud, shopper }) => {
      const startsAt = new Date(Date.now() + HOUR_MS).toISOString();
      await newSale(cloud, ABOUT);
      await newSale(cloud, { name: "Halcyon desk lamp", allocated: 200, priceMinor: 12_900, startsAt });
      await buyByApi(cloud, await newSale(cloud, { name: "Lumen field camera", allocated: 1 }));
      await administer(cloud, await newSale(cloud, { name: "Aria headphones" }), "pause");
      await shopper.open("/");
    },
  },
  {
    name: "list-loading",
    state: "loading",
    reach: async ({ shopper }) => {
      await shopper.stall("**/api/sales");
      await shopper.open("/");
    },
  },
  {
    name: "list-unreachable",
    state: "unreachable",
    reach: async ({ shopper }) => {
      await shopper.page.route("**/api/sales", (route) => route.abort());
      await shopper.open("/");
    },
  },
];

export const scenes: readonly Scene[] = [
  ...listScenes,
  ...saleScenes,
  ...lineScenes,
  ...purchaseScenes,
  ...receiptScenes,
  ...ordersScenes,
  ...paymentScenes,
];

/** Brings a new shopper to a scene, in the page's language of their locale; whoever asked closes the shopper's context. */
export async function play(
  cloud: BrowserCloud,
  scene: Scene,
  options: Parameters<typeof newShopper>[1] = {},
): Promise<Shopper> {
  const buyer = localSession();
  const session = scene.isAnonymous ? {} : { token: buyer.token };
  const someone = await newShopper(cloud, { ...options, ...session });
  const language = options.locale?.startsWith("de") ? "de" : "en";
  const shopper = { ...someone, open: (path: string) => someone.open(localePath(language, path)) };
  const openSale = async (settings: Parameters<typeof newSale>[1] = {}) => {
    const saleId = await newSale(cloud, { ...ABOUT, ...settings });
    await shopper.open(`/sale/${saleId}`);
    return saleId;
  };
  await scene.reach({ cloud, shopper, buyer, openSale });
  if (scene.state !== undefined) await shopper.state(scene.state);
  return shopper;
}
