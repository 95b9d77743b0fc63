import { expect, it } from "vitest";
import type { EventPage } from "../core/contract/events.ts";
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
import { waitFor } from "./support/wait-for.ts";

const UNITS = 40;
/** Orders that have a second event before the first is told. */
const RETURNED = 10;
/** The sale has so many pairs of them. */
const PAUSES = 3;
const LIMIT_MS = 90_000;

/** Each call that failed is tried again at once, and often enough that half of them may fail. */
const cloud = await testCloud({
  schedules: ["guardian", "webhooks"],
  environment: { WEBHOOK_RETRIES: Array.from({ length: 40 }, () => 0).join() },
});
const { operate, call } = testApi(cloud.apiUrl);

const settle = (endpointId: string, state: "paused" | "active") =>
  call(`PATCH /api/admin/webhooks/${endpointId}`, { token: tokenOf(undefined, "admin"), body: { state } });

/** By a session: a key may ask ten times a second. */
async function typesInFeed(): Promise<string[]> {
  const { body } = await call("GET /api/admin/events?limit=1000", { token: tokenOf(undefined, "admin") });
  return (body as unknown as EventPage).events.map(({ type }) => type);
}

it(
  "a shop that fails half of the time is told of every order and step of a sale, each once by its id, in order per order",
  async () => {
    const { apiUrl } = cloud;
    const shop = await openShop(apiUrl, 0.5);
    // While the shop takes nothing, several events of one order or sale come to be due. Then all may go out at once, and half of
    // the calls fail: only who waits for the one before keeps their order.
    expect((await settle(shop.endpointId, "paused")).status).toBe(200);
    const saleId = await createSale(apiUrl, { name: "Told", allocated: UNITS });
    const attempts = prepareAttempts(apiUrl, saleId, { buyers: 3 * UNITS, twice: 1 / 3, seed: 7 });
    const log = await sendCrowd({ apiUrl, attempts, connections: 16 });
    const facts = await awaitSettled(cloud, saleId);
    for (const { orderId } of facts.database.rows.slice(0, RETURNED)) {
      // Only an admin takes units off sale.
      const wished = await call(`POST /api/admin/sales/${saleId}/orders/${orderId}/cancel`, {
        token: tokenOf(undefined, "admin"),
        key: crypto.randomUUID(),
        body: { units: 1, isWithheld: true, reason: "broken" },
      });
      expect(wished.status).toBe(202);
    }
    for (let times = 0; times < PAUSES; times++)
      for (const what of ["pause", "resume"] as const) await operate(saleId, what);
    await waitFor("all of it to be in the feed", async () => {
      const typesNow = await typesInFeed();
      const countOf = (type: string) => typesNow.filter((current) => current === type).length;
      return countOf("order.returned") === RETURNED && countOf("sale.resumed") === PAUSES;
    });
    expect(shop.receiver.taken()).toEqual([]);
    expect((await settle(shop.endpointId, "active")).status).toBe(200);
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
