import { expect } from "vitest";
import type { ReserveReply } from "../../core/gate/gate-replies.ts";
import type { BegunRecovery } from "../../core/gate/rebuild.redis.ts";
import type { GateSettings } from "../../core/gate/settings.ts";
import { type BuyerId, newOrderId } from "../../core/ids.ts";
import type { GateCommand } from "./gate-commands.ts";
import type { GateModel, ModelOrder, ModelReply } from "./gate-model.ts";
import { reopen, reservationOfModel } from "./gate-reopen.ts";
import type { TestGate } from "./test-gate.ts";
import { NOW_MS } from "../support/test-sale.ts";

/** One life of a gate, in Redis and in the model, and what is remembered outside of both. */
export type Life = {
  readonly at: TestGate;
  readonly model: GateModel;
  readonly buyers: readonly BuyerId[];
  readonly recoveries: BegunRecovery[];
  /** Orders that a rebuild has left out. */
  readonly dropped: ModelOrder[];
  /** Each `buyer n` that the gate ever gave. */
  readonly numbers: Set<string>;
};

/** Does one command to Redis and to the model. @throws when they do not say the same. */
export async function step(life: Life, command: GateCommand): Promise<void> {
  const { at, model, buyers } = life;
  const { saleId } = model.settings;
  switch (command.does) {
    case "attempt":
      return attempt(life, command);
    case "state":
      return change(life, command, { state: command.state });
    case "allocate":
      return change(life, command, { allocated: command.allocated });
    case "limit": {
      const { purchaseLimit } = command;
      return change(life, { age: 1, when: "committed" }, { purchaseLimit });
    }
    case "payment": {
      const { holdSeconds } = command;
      const payment =
        holdSeconds === 0 ? ({ kind: "none" } as const) : ({ kind: "held", holdSeconds } as const);
      return change(life, command, { payment });
    }
    case "schedule": {
      const { startsAtMs, endsAtMs, when } = command;
      return change(life, { age: 1, when }, { startsAtMs, endsAtMs });
    }
    case "adopt": {
      const [orderId, buyerId] = [newOrderId(saleId, NOW_MS), buyers[command.buyer]!];
      const { n, quantity } = command;
      const rest = { keyHash: "key-old", place: 90 + n, unitsLeft: quantity, unitsWithheld: 0 };
      return adopt(life, { orderId, buyerId, n, quantity, ...rest });
    }
    case "adopt_known":
      return adopt(life, model.orders[command.order]);
    case "adopt_dropped":
      return adopt(life, life.dropped[command.order]);
    case "clear": {
      const known = model.orders[command.order];
      if (!known) return;
      model.outbox.delete(known.orderId);
      return at.gate.clear(saleId, known.orderId);
    }
    case "settle":
      return settle(life, model.orders[command.order], command.unitsLeft);
    case "settle_dropped":
      return settle(life, life.dropped[command.order], 0);
    case "begin": {
      const recovery = await at.rebuild.begin(saleId, 1);
      expect(recovery.wasAlive).toBe(model.begin(life.recoveries.push(recovery) - 1));
      return;
    }
    case "reopen":
      return reopen(life, command);
    case "pass_restock":
      model.isRestocking = false;
      return void (await at.setField(saleId, "restock_at_ms", 0));
    default:
      return command satisfies never;
  }
}

type Does<Name extends GateCommand["does"]> = Extract<GateCommand, { does: Name }>;

async function attempt({ at, model, buyers, numbers }: Life, command: Does<"attempt">): Promise<void> {
  const { saleId } = model.settings;
  const { key, quantity } = command;
  const buyerId = buyers[command.buyer]!;
  const request = { orderId: newOrderId(saleId, NOW_MS), buyerId, keyHash: `key-${key}`, quantity };
  const expected = model.reserve(request, NOW_MS);
  const reply = await at.reserve(saleId, request);
  expect(essence(reply)).toEqual(essenceOfModel(expected));
  if (reply.kind !== "reserved") return;
  const number = `${buyerId} ${reply.reservation.n}`;
  expect(numbers).not.toContain(number);
  numbers.add(number);
}

async function change(
  { at, model }: Life,
  { age, when }: Pick<Does<"state">, "age" | "when">,
  settings: Partial<GateSettings>,
): Promise<void> {
  const next = { ...model.settings, ...settings, revision: Math.max(1, model.settings.revision + age) };
  expect(await at.gate.configure(next, when)).toEqual(model.configure(next, when, NOW_MS));
}

async function adopt({ at, model }: Life, order: ModelOrder | undefined): Promise<void> {
  if (!order) return;
  const { saleId } = model.settings;
  expect(await at.gate.adopt(reservationOfModel(saleId, order))).toEqual(model.adopt(order));
}

/** None, all or half of what comes back is withheld, always the same of one order. */
async function settle({ at, model }: Life, order: ModelOrder | undefined, most: number): Promise<void> {
  if (!order) return;
  const { orderId, buyerId, quantity, place } = order;
  const unitsLeft = Math.min(most, quantity);
  const unitsWithheld = Math.floor(((quantity - unitsLeft) * (place % 3)) / 2);
  const { saleId } = model.settings;
  expect(await at.gate.settle({ saleId, orderId, buyerId, unitsLeft, unitsWithheld })).toBe(
    model.settle(orderId, { unitsLeft, unitsWithheld }),
  );
}

/** The part of a reply that does not depend on the clock. */
function essence(reply: ReserveReply): unknown {
  if ("orderId" in reply) {
    const { kind, orderId, reservation } = reply;
    return { kind, orderId, order: reservation && identity(reservation) };
  }
  if (reply.kind === "sold_out") return { kind: reply.kind, available: reply.available };
  if (reply.kind === "too_many_orders") return reply;
  return { kind: reply.kind };
}

const essenceOfModel = (reply: ModelReply): unknown =>
  "order" in reply ? { ...reply, order: reply.order && identity(reply.order) } : reply;

type Identity = Omit<ModelOrder, "unitsLeft" | "unitsWithheld" | "isHeld">;

const identity = ({ orderId, buyerId, keyHash, n, quantity, place }: Identity): Identity => ({
  orderId,
  buyerId,
  keyHash,
  n,
  quantity,
  place,
});
