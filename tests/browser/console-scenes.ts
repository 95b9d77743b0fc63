import type { PreviewLink } from "../../core/contract/preview.ts";
import { callApi } from "../../local/call-api.ts";
import { localSession } from "../../load/local-session.ts";
import { schedules } from "../../core/topology.ts";
import { prepareAttempts } from "../../load/crowd/prepare-attempts.ts";
import { sendCrowd } from "../../load/crowd/send-crowd.ts";
import { buyByApi, newSale } from "./browser-cloud.ts";
import { cancelByApi } from "./cancel-by-api.ts";
import type { Scene, Stage } from "./scenes.ts";

/** Two looks of the guardian, which compares the stores in each. */
const GUARDED_SECONDS = 8;
const HOUR_MS = 3_600_000;
/** What is loaded last, in both languages. */
const WATCHED = /^(Created by|Angelegt von) /;

/** Opens a page of the console as an operator. */
async function openAsOperator(
  { shopper, cloud }: Stage,
  path: string,
  ready: string | RegExp,
): Promise<void> {
  const { token } = localSession("operator");
  await shopper.context.addCookies([{ name: "session", value: token, url: cloud.siteUrl }]);
  await shopper.open(path);
  await shopper.page.getByText(ready).first().waitFor();
}

/** A sale that a crowd is buying while the operator watches. */
async function watchCrowd(stage: Stage): Promise<void> {
  const { cloud, shopper } = stage;
  const saleId = await newSale(cloud, { allocated: 400 });
  await openAsOperator(stage, `/admin/sale/?id=${saleId}`, WATCHED);
  const guarding = cloud.runner.invoke(schedules.guardian, { runSeconds: GUARDED_SECONDS });
  for (const [seed, buyers] of [60, 150, 110].entries()) {
    const attempts = prepareAttempts(cloud.apiUrl, saleId, { buyers, twice: 0, seed });
    await sendCrowd({ apiUrl: cloud.apiUrl, attempts, connections: 2 });
    await shopper.page.waitForTimeout(2_000);
  }
  await guarding;
  await shopper.page.waitForTimeout(1_000);
}

/** The pages of the console, for the pictures alone: their tests are those of the console. */
export const consoleScenes: readonly Scene[] = [
  {
    name: "console-list",
    reach: async (stage) => {
      const startsAt = new Date(Date.now() + HOUR_MS).toISOString();
      await newSale(stage.cloud, { allocated: 1000 });
      await newSale(stage.cloud, { name: "Halcyon desk lamp", allocated: 200, startsAt });
      await buyByApi(stage.cloud, await newSale(stage.cloud, { name: "Lumen field camera", allocated: 1 }));
      await openAsOperator(stage, "/admin/", "Meridian turntable");
    },
  },
  { name: "console-live", reach: watchCrowd },
  {
    name: "console-draft",
    reach: async (stage) => {
      const startsAt = new Date(Date.now() + 50 * HOUR_MS).toISOString();
      const saleId = await newSale(stage.cloud, {
        name: "Solstice wall clock",
        visibility: "draft",
        startsAt,
      });
      await openAsOperator(stage, `/admin/sale/?id=${saleId}`, WATCHED);
      await stage.shopper.part("make-preview").click();
      await stage.shopper.part("preview-link").waitFor();
      await stage.shopper.part("checks").locator("li").first().waitFor();
    },
  },
  {
    name: "console-preflight",
    reach: async (stage) => {
      const startsAt = new Date(Date.now() + HOUR_MS).toISOString();
      const saleId = await newSale(stage.cloud, { startsAt });
      await openAsOperator(stage, `/admin/sale/?id=${saleId}`, WATCHED);
      await stage.shopper.part("checks").locator("li").first().waitFor();
    },
  },
  {
    name: "preview",
    reach: async ({ cloud, shopper }) => {
      const startsAt = new Date(Date.now() + 2 * HOUR_MS).toISOString();
      const saleId = await newSale(cloud, { visibility: "draft", startsAt });
      const { token } = localSession("viewer");
      const route = `POST /api/admin/sales/${saleId}/preview`;
      const { path } = await callApi<PreviewLink>(cloud.apiUrl, route, { token, body: {} });
      await shopper.open(path);
      await shopper.state("scheduled");
    },
  },
  {
    name: "console-end",
    reach: async (stage) => {
      const saleId = await newSale(stage.cloud);
      await openAsOperator(stage, `/admin/sale/?id=${saleId}`, WATCHED);
      await stage.shopper.part("end").click();
    },
  },
  {
    name: "console-order",
    reach: async (stage) => {
      const saleId = await newSale(stage.cloud, { purchaseLimit: 3 });
      const buyer = localSession();
      const { orderId } = await buyByApi(stage.cloud, saleId, buyer.token, 3);
      await cancelByApi(stage.cloud, { saleId, orderId }, buyer);
      await openAsOperator(stage, `/admin/sale/?id=${saleId}`, /^2 (of|von) 3$/);
      await stage.shopper.page.getByRole("button", { name: orderId }).click();
      await stage.shopper.page.getByText(/^2\. (Units taken back|Stücke zurückgenommen)$/).waitFor();
    },
  },
  {
    name: "console-edit",
    reach: async (stage) =>
      openAsOperator(
        stage,
        `/admin/edit/?id=${await newSale(stage.cloud)}`,
        /^(Edit sale|Verkauf bearbeiten)$/,
      ),
  },
];
