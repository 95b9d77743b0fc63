import { expect, it } from "vitest";
import { createSale } from "../load/create-sale.ts";
import { prepareAttempts } from "../load/crowd/prepare-attempts.ts";
import { sendCrowd } from "../load/crowd/send-crowd.ts";
import { awaitSettled } from "../load/verdict/await-settled.ts";
import { judge } from "../load/verdict/verdict.ts";
import { awaitDelivered } from "../load/webhooks/await-delivered.ts";
import { judgeWebhooks } from "../load/webhooks/judge-webhooks.ts";
import { openShop } from "../load/webhooks/shop.ts";
import { testCloud } from "./support/cloud.ts";
import { testApi, tokenOf } from "./support/test-api.ts";

const UNITS = 40;
const LIMIT_MS = 90_000;

/** Each call that failed is tried again at once, and often enough that half of them may fail. */
const cloud = await testCloud({
  schedules: ["guardian", "webhooks"],
  environment: { WEBHOOK_RETRIES: Array.from({ length: 40 }, () => 0).join() },
});
const { operate, call } = testApi(cloud.apiUrl);

it(
  "a shop that fails half of the time is told of every order and step of a sale, each once by its id, in order per order",
  async () => {
    const { apiUrl } = cloud;
    const shop = await openShop(apiUrl, 0.5);
    const saleId = await createSale(apiUrl, { name: "Told", allocated: UNITS });
    const attempts = prepareAttempts(apiUrl, saleId, { buyers: 3 * UNITS, twice: 1 / 3, seed: 7 });
    const log = await sendCrowd({ apiUrl, attempts, connections: 16 });
    const facts = await awaitSettled(cloud, saleId);
    // Units of one order come back: it has a second event, which may not come first.
    const row = facts.database.rows[0]!;
    // Only an admin takes units off sale.
    const wished = await call(`POST /api/admin/sales/${saleId}/orders/${row.orderId}/cancel`, {
      token: tokenOf(undefined, "admin"),
      key: crypto.randomUUID(),
      body: { units: 1, isWithheld: true, reason: "broken" },
    });
    expect(wished.status).toBe(202);
    await operate(saleId, "pause");
    await operate(saleId, "resume");
    await operate(saleId, "end");
    await awaitDelivered(shop, saleId, "sale.closed", LIMIT_MS - 30_000);
    const feed = await shop.feedOf(saleId);
    const taken = shop.receiver.taken();
    const counts = await shop.receiver.stop();

    expect(judge(facts, log)).toEqual([]);
    expect(judgeWebhooks(feed, taken)).toEqual([]);
    const types = feed.map(({ type }) => type);
    expect(types.filter((type) => type === "order.confirmed")).toHaveLength(UNITS);
    expect(new Set(types)).toEqual(
      new Set([
        "order.confirmed",
        "order.returned",
        "sale.opened",
        "sale.sold_out",
        "sale.paused",
        "sale.resumed",
        "sale.ended",
        "sale.closed",
      ]),
    );
    expect(await shop.undelivered()).toEqual({ open: 0, givenUp: 0 });
    expect(counts).toMatchObject({ forged: 0, late: 0, taken: feed.length });
    expect(counts.failedBefore).toBeGreaterThan(0);
    expect(counts.again).toBeGreaterThan(0);
  },
  LIMIT_MS,
);
