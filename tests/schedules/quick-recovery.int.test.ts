import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { aBuyer } from "../support/test-sale.ts";
import { type Owned, testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

const MOST_CLOSED_MS = 2_000;
const ATTEMPT_EVERY_MS = 30;
/** As core/purchase/sale-memory.ts. */
const REPEATED_MS = 1_000;

/** Strangers who attempt a purchase one after the other, until they are told to stop. */
function startShoppers(saleId: SaleId) {
  const accepted: Owned[] = [];
  const refusedAtMs: number[] = [];
  const over = new AbortController();
  const shopping = (async () => {
    while (!over.signal.aborted) {
      const buyerId = aBuyer();
      const { status, body } = await sales.buy(saleId, { buyerId });
      if (status === 202) accepted.push({ orderId: String(body?.orderId), buyerId });
      else refusedAtMs.push(performance.now());
      await sleep(ATTEMPT_EVERY_MS);
    }
  })();
  return {
    async stop() {
      over.abort();
      await shopping;
      const closedMs = refusedAtMs.length === 0 ? 0 : refusedAtMs.at(-1)! - refusedAtMs[0]!;
      return { accepted, closedMs };
    },
  };
}

test(
  "a requested recovery on a healthy Redis closes for less than two seconds, and keeps every purchase in flight",
  { timeout: 60_000 },
  async () => {
    const saleId = await sales.newSale({ allocated: 1_000 });
    const inFlight = await Promise.all(Array.from({ length: 5 }, () => sales.reserveOnly(saleId)));
    const shoppers = startShoppers(saleId);
    await sleep(300);
    await sales.requestRecovery(saleId);
    await sales.newGuardian().look(saleId);
    await sleep(300);
    const { accepted, closedMs } = await shoppers.stop();
    // The purchases go on where they were.
    for (const reservation of inFlight) await sales.putInLedger(reservation);
    await sales.sendToConsumer(inFlight);

    for (const order of [...inFlight, ...accepted]) expect(await sales.decided(order)).toBe("confirmed");
    const sold = inFlight.length + accepted.length;
    expect((await sales.watch(saleId)).stock).toMatchObject({ sold, available: 1_000 - sold });
    expect(await sales.recoveriesOf(saleId)).toHaveLength(1);
    expect(closedMs).toBeLessThan(MOST_CLOSED_MS);
  },
);

test(
  "a requested recovery counts what the outbox alone has before it opens",
  { timeout: 60_000 },
  async () => {
    const saleId = await sales.newSale({ allocated: 5 });
    await Promise.all(Array.from({ length: 5 }, () => sales.reserveOnly(saleId)));
    await sales.requestRecovery(saleId);
    await sales.newGuardian().look(saleId);
    expect(await sales.recoveriesOf(saleId)).toHaveLength(1);
    expect(await sales.buy(saleId)).toMatchObject({ status: 409, body: { kind: "sold_out" } });
  },
);

test(
  "units that a sold-out sale has when it opens again are sold once no instance says `sold out` any more",
  { timeout: 60_000 },
  async () => {
    const saleId = await sales.newSale({ allocated: 1 });
    await sales.accepted(saleId);
    // From now on this instance repeats it for a second.
    expect(await sales.buy(saleId)).toMatchObject({ status: 409, body: { kind: "sold_out" } });
    const saidMs = performance.now();
    await sales.recoverWhile(saleId, "marked", async () => {
      expect(await sales.operate(saleId, { allocated: 2 })).toMatchObject({ status: 200 });
    });
    expect(performance.now() - saidMs).toBeGreaterThan(REPEATED_MS);
    const attempt = { buyerId: aBuyer(), key: crypto.randomUUID() };
    // By another instance, which died before it answered.
    const { orderId } = await sales.reserveOnly(saleId, attempt);
    expect(await sales.buy(saleId, attempt)).toMatchObject({ status: 202, body: { orderId } });
  },
);
