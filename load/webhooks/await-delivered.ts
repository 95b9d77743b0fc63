import { setTimeout as sleep } from "node:timers/promises";
import type { SaleId } from "../../core/ids.ts";
import type { Shop } from "./shop.ts";

const LOOK_EVERY_MS = 250;

/**
 * Waits until a sale has come to its end in the feed and nothing is left to be sent. After the time limit it goes on as it is,
 * and the verdict says what is missing.
 */
export async function awaitDelivered(
  shop: Shop,
  saleId: SaleId,
  lastType: string,
  limitMs: number,
): Promise<void> {
  const endsAtMs = performance.now() + limitMs;
  while (performance.now() < endsAtMs) {
    const feed = await shop.feedOf(saleId);
    const { open } = await shop.undelivered();
    if (open === 0 && feed.some(({ type }) => type === lastType)) return;
    await sleep(LOOK_EVERY_MS);
  }
}
