import { setTimeout as sleep } from "node:timers/promises";
import type { SaleNumbers } from "../contract/admin.ts";
import { TEST_CURRENCY } from "../sale/listed-sales.ts";
import { systemClock } from "../clock.ts";
import type { PurchaseAnswer } from "../contract/purchase-answer.ts";
import { callSite } from "./call-site.http.ts";

const LIMIT_MS = 60_000;
const PAUSE_MS = 500;
const SETTLE_MS = 120_000;

export type SmokeSessions = { readonly operator: string; readonly shopper: string };

/**
 * Buys the one unit of a sale made for it, through everything that a shopper's purchase passes. No list shows the sale, and
 * its id cannot be guessed, so that no stranger buys the unit. @throws if the purchase is not confirmed.
 */
export async function smokePurchase(siteUrl: string, { operator, shopper }: SmokeSessions): Promise<string> {
  const endsAtMs = systemClock.nowMs() + LIMIT_MS;
  const startsAt = new Date(systemClock.nowMs() - 1_000).toISOString();
  // Should this process die, the sale ends by itself.
  const endsAt = new Date(endsAtMs + SETTLE_MS).toISOString();
  const name = "Smoke test of a deploy, not for sale";
  const sale = await callSite<SaleNumbers>(siteUrl, "POST /api/admin/sales", {
    token: operator,
    idempotencyKey: crypto.randomUUID(),
    body: { name, priceMinor: 100, currency: TEST_CURRENCY, allocated: 1, startsAt, endsAt },
  });
  try {
    const purchase = { token: shopper, idempotencyKey: crypto.randomUUID(), body: { saleId: sale.saleId } };
    const { orderId } = await untilKnown(endsAtMs, () =>
      callSite<PurchaseAnswer>(siteUrl, "POST /api/sale/purchase", purchase),
    );
    await untilKnown(endsAtMs, async () => {
      const { state } = await callSite<{ state: string }>(siteUrl, `GET /api/sale/order/${orderId}`, {
        token: shopper,
      });
      if (state !== "confirmed") throw new Error(`answered 503: order ${orderId} is still ${state}`);
    });
    return orderId;
  } finally {
    await callSite(siteUrl, `POST /api/admin/sales/${sale.saleId}/end`, { token: operator });
  }
}

/** Repeats while the answer is that nobody knows yet. */
async function untilKnown<Answer>(endsAtMs: number, ask: () => Promise<Answer>): Promise<Answer> {
  for (;;)
    try {
      return await ask();
    } catch (error) {
      if (!(error as Error).message.includes("answered 503") || systemClock.nowMs() > endsAtMs) throw error;
      await sleep(PAUSE_MS);
    }
}
