import { setTimeout as sleep } from "node:timers/promises";
import { connectDatabase } from "../../../core/postgres/connect.postgres.ts";
import { createSale } from "../../create-sale.ts";
import { startClosedCrowd } from "../crowd/closed-crowd.ts";
import type { FaultCloud } from "../fault-cloud.ts";
import { atPoint } from "../worker-control.ts";

const LOOK_EVERY_MS = 50;
const LIMIT_MS = 30_000;

/**
 * Kills one purchase after the gate, whose buyer never asks again.
 *
 * @returns from its reservation to its order row, by the stores' clocks: milliseconds.
 */
export async function measureRelay(cloud: FaultCloud): Promise<number> {
  const { apiUrl } = cloud;
  await cloud.reset();
  const saleId = await createSale(apiUrl, { name: "Relay", allocated: 10 });
  await cloud.workers.rearm("purchase", atPoint("purchase_after_reserve", "SIGKILL", [0]));
  const onePurchase = {
    buyers: 1,
    everyNeverRetries: 1,
    everyAsksAgain: 0,
    waveBuyers: 1,
    betweenKeysMs: 0,
    waveMs: 0,
    limitMs: LIMIT_MS,
  };
  await startClosedCrowd({ apiUrl, saleId, purchaseLimit: 1, ...onePurchase }).done();
  const db = connectDatabase(cloud.stores().databaseUrl);
  try {
    for (
      const endsAtMs = performance.now() + LIMIT_MS;
      performance.now() < endsAtMs;
      await sleep(LOOK_EVERY_MS)
    ) {
      const row = await db
        .selectFrom("orders")
        .select(["reserved_at as reservedAt", "created_at as createdAt"])
        .where("sale_id", "=", saleId)
        .executeTakeFirst();
      if (row) return row.createdAt.getTime() - row.reservedAt.getTime();
    }
    throw new Error("the killed purchase became no order");
  } finally {
    await db.destroy();
  }
}
