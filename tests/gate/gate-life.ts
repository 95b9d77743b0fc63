import type { Redis } from "ioredis";
import { expect } from "vitest";
import { assertConserved } from "../../core/sale/stock.ts";
import { BUYERS, type GateCommand } from "./gate-commands.ts";
import { buyerOrdersText } from "../../core/gate/buyer-orders.ts";
import { type BuyerId, newBuyerId } from "../../core/ids.ts";
import { rawGate } from "./gate-keys.ts";
import { GateModel } from "./gate-model.ts";
import { type Life, step } from "./gate-step.ts";
import { gateOn } from "./test-gate.ts";
import { NOW_MS } from "../support/test-sale.ts";

const WINDOW_MS = 10_000;
/** Shorter than the restock delay: a life that took longer may have seen units go on sale by themselves. */
const LONGEST_LIFE_MS = 1_000;

/**
 * Lives one life of a gate in Redis and in the model, step by step; both must say and count the same throughout. A life
 * during which the gate's clock began a new window, or that took too long, is lived again: the model has no clock.
 */
export async function liveGate(redis: Redis, commands: readonly GateCommand[]): Promise<void> {
  const { nowMs } = gateOn(redis);
  for (;;) {
    const fromMs = await nowMs();
    const failure = await live(redis, commands).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    if (!failure) return;
    const untilMs = await nowMs();
    const isSteady = Math.floor(fromMs / WINDOW_MS) === Math.floor(untilMs / WINDOW_MS);
    if (isSteady && untilMs - fromMs < LONGEST_LIFE_MS) throw failure.error;
  }
}

async function live(redis: Redis, commands: readonly GateCommand[]): Promise<void> {
  const at = gateOn(redis);
  const sale = await at.load({ allocated: 6, purchaseLimit: 2, attemptLimit: 1000 });
  const model = new GateModel(sale);
  const buyers = Array.from({ length: BUYERS }, () => newBuyerId(NOW_MS));
  const life: Life = { at, model, buyers, recoveries: [], dropped: [], numbers: new Set() };
  for (const command of commands) {
    await step(life, command);
    await compareCounters(life);
  }
  const raw = await rawGate(redis, sale.saleId);
  const withOrders = buyers.filter((buyerId) => model.ordersOf(buyerId).length > 0);
  const textOf = (buyerId: BuyerId) => buyerOrdersText(model.ordersOf(buyerId));
  expect(raw.buyers).toEqual(Object.fromEntries(withOrders.map((buyerId) => [buyerId, textOf(buyerId)])));
  expect(Object.keys(raw.outbox).sort()).toEqual([...model.outbox].sort());
}

async function compareCounters({ at, model }: Life): Promise<void> {
  const { saleId, revision, state } = model.settings;
  const view = await at.gate.inspect(saleId);
  const isRecovering = model.recovery !== null;
  expect(view).toMatchObject({ isRecovering, outboxLength: model.outbox.size, revision, state });
  // The counters of a closed gate say nothing: they are given anew when it opens.
  if (isRecovering || view.kind !== "found") return;
  const { stock, places, epoch } = model;
  expect(view).toMatchObject({ stock, places, epoch, hasAllBuyers: true });
  assertConserved(view.stock);
}
