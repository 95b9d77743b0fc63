import type { Redis } from "ioredis";
import { expect } from "vitest";
import type { GateSettings, ReserveReply } from "../../core/gate/gate-replies.ts";
import { type BuyerId, newBuyerId, newOrderId } from "../../core/ids.ts";
import { assertConserved } from "../../core/sale/stock.ts";
import type { GateCommand } from "./gate-commands.ts";
import { rawGate } from "./gate-keys.ts";
import { GateModel, type ModelOrder, type ModelReply } from "./gate-model.ts";
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
  const sale = await at.load({ allocated: 6, purchaseLimit: 3, attemptLimit: 1000 });
  const model = new GateModel(sale);
  const buyers = Array.from({ length: 5 }, () => newBuyerId(NOW_MS));
  for (const command of commands) {
    await step(at, model, buyers, command);
    await compareCounters(at, model);
  }
  const raw = await rawGate(redis, sale.saleId);
  const ordersOf = (buyerId: BuyerId) =>
    model.ordersOf(buyerId).map((one) => `${one.orderId},${one.quantity},${one.place},${one.keyHash}`);
  const held = buyers.filter((buyerId) => model.ordersOf(buyerId).length > 0);
  expect(raw.buyers).toEqual(Object.fromEntries(held.map((one) => [one, ordersOf(one).join(";")])));
  expect(Object.keys(raw.outbox).sort()).toEqual([...model.outbox].sort());
}

type At = ReturnType<typeof gateOn>;

async function step(at: At, model: GateModel, buyers: readonly BuyerId[], command: GateCommand) {
  const { saleId } = model.settings;
  const change = async (age: number, settings: Partial<GateSettings>) => {
    const next = { ...model.settings, ...settings, revision: Math.max(1, model.settings.revision + age) };
    expect(await at.gate.configure(next)).toEqual(model.configure(next));
  };
  switch (command.does) {
    case "attempt": {
      const { quantity } = command;
      const buyerId = buyers[command.buyer]!;
      const attempt = {
        orderId: newOrderId(saleId, NOW_MS),
        buyerId,
        keyHash: `key-${command.key}`,
        quantity,
      };
      const expected = model.reserve(attempt, NOW_MS);
      expect(said(await at.reserve(saleId, attempt))).toEqual(wanted(expected));
      return;
    }
    case "state":
      return change(command.age, { state: command.state });
    case "allocate":
      return change(command.age, { allocated: command.allocated });
    case "limit":
      return change(1, { purchaseLimit: command.purchaseLimit, attemptLimit: command.attemptLimit });
    case "schedule":
      return change(1, { startsAtMs: command.startsAtMs, endsAtMs: command.endsAtMs });
    case "adopt": {
      const [orderId, buyerId] = [newOrderId(saleId, NOW_MS), buyers[command.buyer]!];
      const { n, quantity } = command;
      return adopt(at, model, { orderId, buyerId, keyHash: "key-old", n, quantity, place: 99 });
    }
    case "adopt_known": {
      const known = model.orders[command.order];
      return known && adopt(at, model, known);
    }
    case "clear": {
      const known = model.orders[command.order];
      if (!known) return;
      model.outbox.delete(known.orderId);
      return at.gate.clear(saleId, known.orderId);
    }
    case "recovering":
      model.isRecovering = command.isRecovering;
      return void (await at.setField(saleId, "recovering", command.isRecovering ? 1 : 0));
    case "pass_window":
      model.newWindow();
      return void (await at.setField(saleId, "attempts_window", 0));
    case "pass_restock":
      model.isRestocking = false;
      return void (await at.setField(saleId, "restock_at_ms", 0));
    default:
      return command satisfies never;
  }
}

async function adopt(at: At, model: GateModel, order: ModelOrder): Promise<void> {
  const { saleId } = model.settings;
  const rest = { saleId, epoch: 0, reservedAtMs: NOW_MS, requestId: "request-1" };
  expect(await at.gate.adopt({ ...order, ...rest })).toBe(model.adopt(order));
}

async function compareCounters({ gate }: At, model: GateModel): Promise<void> {
  const { saleId, revision, state } = model.settings;
  const view = await gate.inspect(saleId);
  expect(view).toMatchObject({
    stock: model.stock,
    places: model.places,
    outboxLength: model.outbox.size,
    isRecovering: model.isRecovering,
    hasAllBuyers: true,
    revision,
    state,
  });
  if (view.kind === "found") assertConserved(view.stock);
}

/** The part of a reply that does not depend on the clock. */
function said(reply: ReserveReply): unknown {
  if ("orderId" in reply) {
    const { kind, orderId, reservation } = reply;
    return { kind, orderId, order: reservation && essence(reservation) };
  }
  return reply.kind === "sold_out" ? { kind: reply.kind, available: reply.available } : { kind: reply.kind };
}

const wanted = (reply: ModelReply): unknown =>
  "order" in reply ? { ...reply, order: reply.order && essence(reply.order) } : reply;

const essence = ({ orderId, buyerId, keyHash, n, quantity, place }: ModelOrder): ModelOrder => ({
  orderId,
  buyerId,
  keyHash,
  n,
  quantity,
  place,
});
