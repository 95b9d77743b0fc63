import type { Redis } from "ioredis";
import type { SaleId } from "../../core/ids.ts";
import { createSale } from "../create-sale.ts";
import { bareReserve } from "./bare-reserve.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import type { Measurement } from "./measurement.ts";
import { purchaseEvent } from "./purchase-event.ts";
import { purchaseFunction, type PurchaseFunction } from "./purchase-function.ts";
import { refusingSale } from "./refusing-sale.ts";

const ATTEMPTS = 200;
const QUANTITY = 2;
const HOUR_MS = 3_600_000;

/**
 * Redis calls per attempt, by Redis's own count of commands. It counts those inside scripts too, so what one bare
 * EVALSHA of the same script counts is one call.
 */
export async function benchCalls(cloud: BenchCloud): Promise<Measurement[]> {
  const purchase = await purchaseFunction();
  const refusing = await refusingSale(cloud);
  const soldOut = await createSale(cloud.apiUrl, { name: "Sold out", allocated: 1 });
  await purchase.handler(purchaseEvent(soldOut));
  const startsAt = new Date(Date.now() + HOUR_MS).toISOString();
  const scheduled = await createSale(cloud.apiUrl, { name: "Scheduled", allocated: 1, startsAt });

  const perCall = await commandsPerBareCall(purchase.redis, refusing);
  const perAttempt = async (attempts: Attempts) =>
    (await commandsOfAttempts(purchase, attempts)) / perCall / ATTEMPTS;
  const open = await perAttempt({ saleId: refusing, quantity: QUANTITY, status: 409 });
  const over = await perAttempt({ saleId: soldOut, quantity: 1, status: 409 });
  const early = await perAttempt({ saleId: scheduled, quantity: 1, status: 403 });
  return [
    measurement("Redis calls per attempt, open", open, 1),
    measurement("Redis calls per attempt, sold out", over, 0),
    measurement("Redis calls per attempt, before opening", early, 0),
  ];
}

type Attempts = { readonly saleId: SaleId; readonly quantity: number; readonly status: number };

const measurement = (budget: string, calls: number, goal: number): Measurement => ({
  budget,
  figure: calls.toFixed(2),
  goal: String(goal),
  isMet: calls === goal,
});

async function commandsPerBareCall(redis: Redis, saleId: SaleId): Promise<number> {
  const makeBare = await bareReserve(redis, saleId, QUANTITY);
  await makeBare()();
  const before = await commandsOf(redis);
  for (let i = 0; i < ATTEMPTS; i++) await makeBare()();
  return ((await commandsOf(redis)) - before) / ATTEMPTS;
}

async function commandsOfAttempts(
  { handler, redis }: PurchaseFunction,
  { saleId, quantity, status }: Attempts,
): Promise<number> {
  const events = Array.from({ length: ATTEMPTS }, () => purchaseEvent(saleId, quantity));
  // The first one learns what the others are answered from.
  await handler(purchaseEvent(saleId, quantity));
  const before = await commandsOf(redis);
  for (const event of events) {
    const { statusCode } = await handler(event);
    if (statusCode !== status) throw new Error(`answered ${statusCode}, not ${status}`);
  }
  return (await commandsOf(redis)) - before;
}

/** All commands that Redis has carried out, but for INFO, with which we ask. */
async function commandsOf(redis: Redis): Promise<number> {
  const stats = await redis.info("commandstats");
  return [...stats.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)]
    .filter(([, name]) => name !== "info")
    .reduce((sum, [, , calls]) => sum + Number(calls), 0);
}
