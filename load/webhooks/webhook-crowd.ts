import { callApi } from "../../local/call-api.ts";
import { progress } from "../../local/start/progress.ts";
import { createSale } from "../create-sale.ts";
import type { CrowdFlags } from "../crowd/parse-flags.ts";
import { prepareAttempts } from "../crowd/prepare-attempts.ts";
import { sendCrowd } from "../crowd/send-crowd.ts";
import { localSession } from "../local-session.ts";
import { ownCloud } from "../own-cloud.ts";
import { awaitSettledAnywhere } from "../verdict/await-settled-anywhere.ts";
import { judge } from "../verdict/verdict.ts";
import { awaitDelivered } from "./await-delivered.ts";
import { judgeWebhooks } from "./judge-webhooks.ts";
import { openShop } from "./shop.ts";

const FAIL_SHARE = 0.5;
/** Short waits, and so many that half of the calls may fail and yet none of a million events is given up. */
const RETRIES = Array.from({ length: 40 }, () => 0).join();
const REST_LIMIT_MS = 600_000;

/**
 * `npm run crowd -- --webhooks`: a crowd at a sale, and a receiver of its own process that fails half of the time. Answers
 * whether the sale is exact and every event was taken, verified, once, and in order.
 */
export async function webhookCrowd(flags: CrowdFlags): Promise<boolean> {
  const cloud = await ownCloud({
    schedules: ["guardian", "webhooks"],
    environment: { WEBHOOK_RETRIES: RETRIES },
  });
  try {
    const { apiUrl } = cloud;
    const shop = await openShop(apiUrl, FAIL_SHARE);
    progress("A shop listens, and fails half of the time");
    const saleId = await createSale(apiUrl, { name: "Webhook crowd", allocated: flags.units });
    const attempts = prepareAttempts(apiUrl, saleId, flags);
    progress(`${flags.buyers} buyers signed in (seed ${flags.seed}), for ${saleId}`);
    const log = await sendCrowd({ apiUrl, attempts, connections: flags.connections });
    const facts = await awaitSettledAnywhere(cloud, saleId);
    await callApi(apiUrl, `POST /api/admin/sales/${saleId}/end`, { token: localSession("operator").token });
    progress("Orders settled, the sale ended; the last webhooks go out");
    await awaitDelivered(shop, saleId, "sale.closed", REST_LIMIT_MS);
    const feed = await shop.feedOf(saleId);
    const { open, givenUp } = await shop.undelivered();
    const taken = shop.receiver.taken();
    const counts = await shop.receiver.stop();
    const orders = facts.database.rows.length;
    const confirmed = feed.filter(({ type }) => type === "order.confirmed").length;
    const wrong = [
      ...judge(facts, log).map(({ law, finding }) => `${law}: ${finding}`),
      ...judgeWebhooks(feed, taken),
      ...(confirmed === orders ? [] : [`${orders} orders, and ${confirmed} of them were told as confirmed`]),
      ...(open + givenUp === 0 ? [] : [`${open} webhooks are still open, ${givenUp} given up`]),
      ...(counts.forged === 0 ? [] : [`${counts.forged} did not verify`]),
    ];
    console.log(`
orders        ${orders}
feed          ${feed.length} events: ${typesIn(feed)}
taken         ${taken.length}, each once by its id, in order per order
calls         ${counts.calls}: ${counts.failedBefore} failed before they were stored, ${counts.failedAfter} after, ${counts.again} came again
forged        ${counts.forged}
`);
    for (const fault of wrong.slice(0, 20)) console.log(`BROKEN  ${fault}`);
    if (wrong.length === 0) console.log("Every event was told, once by its id, in order.");
    return wrong.length === 0;
  } finally {
    await cloud.stop();
  }
}

const typesIn = (feed: readonly { readonly type: string }[]): string =>
  [...Map.groupBy(feed, ({ type }) => type)].map(([type, all]) => `${all.length} ${type}`).join(", ");
