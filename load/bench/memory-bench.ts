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
/** While a buyer's units are held and not paid for. */
const GOAL_HELD_BYTES = 400;
const HOLD_SECONDS = 3_600;

/**
 * Memory of all keys of a sale, for each buyer who asked; every attempt reaches the gate, which is the worst case. In a sale that
 * is paid for, of buyers who all hold a unit.
 */
export async function benchMemory(_cloud: BenchCloud): Promise<Measurement[]> {
  const { redis } = await purchaseFunction();
  return [
    await measure(redis, "memory in Redis per buyer, all bought", { units: BUYERS, isPaid: false }),
    await measure(redis, "memory in Redis per buyer, 1 in 10 bought", { units: BUYERS / 10, isPaid: false }),
    await measure(redis, "memory in Redis per buyer while held", { units: BUYERS, isPaid: true }),
  ];
}

type Selling = { readonly units: number; readonly isPaid: boolean };

async function measure(redis: Redis, budget: string, selling: Selling): Promise<Measurement> {
  const goal = selling.isPaid ? GOAL_HELD_BYTES : GOAL_BYTES;
  const saleId = newSaleId(Date.now());
  await buyAll(redis, saleId, selling);
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
    goal: `≤ ${goal} bytes`,
    isMet: perBuyer <= goal,
  };
}

async function buyAll(redis: Redis, saleId: SaleId, { units, isPaid }: Selling): Promise<void> {
  const gate = createGate(redis);
  const nowMs = Date.now();
  await gate.load({
    saleId,
    allocated: units,
    epoch: 1,
    revision: 1,
    state: "running",
    startsAtMs: nowMs - 1000,
    endsAtMs: null,
    purchaseLimit: 1,
    attemptLimit: 10,
    payment: isPaid ? { kind: "held", holdSeconds: HOLD_SECONDS } : { kind: "none" },
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
  const { held = "0" } = await redis.hgetall(gateKeys(saleId).gate);
  if (Number(held) !== (isPaid ? units : 0)) throw new Error(`${held} units are held`);
}
