import type { Redis } from "ioredis";
import { createGate } from "../../core/gate/gate.redis.ts";
import { gateKeys } from "../../core/gate/keys.ts";
import { newBuyerId, newOrderId, newSaleId, type SaleId } from "../../core/ids.ts";
import { hashKey } from "../../core/purchase/key-hash.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { chunk } from "./chunk.ts";
import type { Measurement } from "./measurement.ts";
import { purchaseFunction } from "./purchase-function.ts";

const BUYERS = 10_000;
const AT_ONCE = 100;
const GOAL_BYTES = 220;

/** Memory of all keys of a sale, for each buyer who asked; every attempt reaches the gate, which is the worst case. */
export async function benchMemory(_cloud: BenchCloud): Promise<Measurement[]> {
  const { redis } = await purchaseFunction();
  return [
    await measure(redis, "memory in Redis per buyer, all bought", BUYERS),
    await measure(redis, "memory in Redis per buyer, 1 in 10 bought", BUYERS / 10),
  ];
}

async function measure(redis: Redis, budget: string, units: number): Promise<Measurement> {
  const saleId = newSaleId(Date.now());
  await buyAll(redis, saleId, units);
  const sizes = await Promise.all(
    Object.entries(gateKeys(saleId)).map(async ([name, key]) => {
      const bytes = (await redis.memory("USAGE", key, "SAMPLES", 0)) ?? 0;
      return { name, bytes };
    }),
  );
  const perBuyer = sizes.reduce((sum, { bytes }) => sum + bytes, 0) / BUYERS;
  const parts = sizes.map(({ name, bytes }) => `${name} ${(bytes / BUYERS).toFixed(1)}`).join(", ");
  await redis.unlink(Object.values(gateKeys(saleId)));
  return {
    budget,
    figure: `${perBuyer.toFixed(0)} bytes (${parts})`,
    goal: `≤ ${GOAL_BYTES} bytes`,
    isMet: perBuyer <= GOAL_BYTES,
  };
}

async function buyAll(redis: Redis, saleId: SaleId, allocated: number): Promise<void> {
  const gate = createGate(redis);
  const nowMs = Date.now();
  await gate.load({
    saleId,
    allocated,
    epoch: 1,
    revision: 1,
    state: "running",
    startsAtMs: nowMs - 1000,
    endsAtMs: null,
    purchaseLimit: 1,
    attemptLimit: 10,
    payment: { kind: "none" },
    guests: { kind: "everybody" },
    guestList: { edition: 0 },
    mode: { kind: "open" },
  });
  const attempt = async (index: number) => {
    const orderId = newOrderId(saleId, nowMs);
    await gate.reserve({
      saleId,
      orderId,
      buyerId: newBuyerId(nowMs),
      quantity: 1,
      keyHash: hashKey(`key-${index}`),
      requestId: `request-${index}`,
      traceId: null,
      wantsFilter: false,
    });
    await gate.clear(saleId, orderId);
  };
  // Not all at once: the last would wait longer than a command may.
  const indexes = Array.from({ length: BUYERS }, (_, index) => index);
  for (const together of chunk(indexes, AT_ONCE)) await Promise.all(together.map(attempt));
}
