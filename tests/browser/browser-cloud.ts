import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { afterAll } from "vitest";
import { createSale } from "../../load/create-sale.ts";
import { localSession } from "../../load/local-session.ts";
import { callApi } from "../../local/call-api.ts";
import type { CloudOptions } from "../../local/cloud-options.ts";
import { type Cloud, startCloud } from "../../local/cloud.ts";
import { siteDir } from "../../local/start/build-site.ts";
import { launchChromium } from "./chromium.ts";

const BATCH_WINDOW_MS = 20;
const ASK_AGAIN_MS = 200;
const ANSWER_LIMIT_MS = 15_000;

export type BrowserCloud = Cloud & { readonly browser: Browser };

/** A whole local cloud with the built site behind its CDN, and a browser. */
export async function startBrowserCloud(
  options: CloudOptions = {},
  browserFlags: readonly string[] = [],
): Promise<BrowserCloud> {
  const trigger = { batchWindowMs: BATCH_WINDOW_MS };
  const [cloud, browser] = await Promise.all([
    startCloud({ siteDir, trigger, ...options }),
    launchChromium(browserFlags),
  ]);
  const stop = async () => {
    await browser.close();
    await cloud.stop();
  };
  return { ...cloud, browser, stop };
}

/**
 * The same for one test file, and ended with it.
 *
 * Its stores are its own, not shared with other test files: the guardian would look after their sales too.
 */
export async function browserCloud(options: CloudOptions = {}): Promise<BrowserCloud> {
  const cloud = await startBrowserCloud(options);
  afterAll(() => cloud.stop());
  return cloud;
}

type SaleSettings = Partial<Parameters<typeof createSale>[1]>;

/** Creates a sale as an operator would; answers its id. */
export const newSale = ({ apiUrl }: Pick<Cloud, "apiUrl">, settings: SaleSettings = {}) =>
  createSale(apiUrl, { name: "Meridian turntable", allocated: 5, priceMinor: 34_900, ...settings });

/** An operator's `pause`, `resume` or `end`. */
export const administer = ({ apiUrl }: Pick<Cloud, "apiUrl">, saleId: string, verb: string) =>
  callApi(apiUrl, `POST /api/admin/sales/${saleId}/${verb}`, { token: localSession("operator").token });

/** A purchase from another device of the buyer, or by somebody else; asked again with its key until it is answered. */
export async function buyByApi(
  { apiUrl }: Pick<Cloud, "apiUrl">,
  saleId: string,
  token = localSession().token,
  quantity = 1,
): Promise<{ orderId: string }> {
  const call = { body: { saleId, quantity }, token, idempotencyKey: randomUUID() };
  const endsAtMs = performance.now() + ANSWER_LIMIT_MS;
  for (;;)
    try {
      return await callApi(apiUrl, "POST /api/sale/purchase", call);
    } catch (error) {
      // On a busy machine a store is silent now and then, and nobody knows yet.
      if (!/ 503: /.test(String(error)) || performance.now() > endsAtMs) throw error;
      await sleep(ASK_AGAIN_MS);
    }
}
