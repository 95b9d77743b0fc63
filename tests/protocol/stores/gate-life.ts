import type { Redis } from "ioredis";
import { expect } from "vitest";
import type { AdoptReply, ConfigureReply } from "../../../core/gate/gate-replies.ts";
import { createGate } from "../../../core/gate/gate.redis.ts";
import { createGateContents } from "../../../core/gate/gate-contents.redis.ts";
import { gateKeys } from "../../../core/gate/keys.ts";
import { createGateRebuild, RebuildStopped } from "../../../core/gate/rebuild.redis.ts";
import { beginRecoveryScript } from "../../../core/gate/keeper-scripts.ts";
import { type BuyerId, newOrderId, type OrderId, type SaleId } from "../../../core/ids.ts";
import { defineScript } from "../../../core/redis/script.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { aBuyer, aSale, NOW_MS } from "../../support/test-sale.ts";
import type { GateStep } from "./gate-steps.ts";
import * as model from "./gate.ts";
import * as recovery from "./gate-recovery.ts";
import { type AttemptReply, reserve } from "./gate-reserve.ts";

const RECOVERY = { knowsRecoveries: true, knowsFence: true };
const SETTINGS = { knowsConflicts: true, keepsWhenClosed: true, firstOnlyTightens: true };
const NUMBERING = { numbersAreStored: true, keysAreRemembered: true };
type Reply =
  | AttemptReply
  | AdoptReply
  | ConfigureReply
  | recovery.BeginReply
  | { readonly kind: "done" | "settled" | "unknown" | "added" | "resumed" | "mismatch" | "fenced" };
const NOTHING: recovery.Filling = {
  epoch: 9,
  buyers: {},
  unsettled: [],
  soldUnits: 0,
  withheldUnits: 0,
  places: 0,
};

/** A gate in Redis and the explorer's model of it, side by side: both take each step, and must say and hold the same. */
export class GateLife {
  readonly #redis: Redis;
  readonly #saleId: SaleId;
  readonly #buyers = [aBuyer(), aBuyer(), aBuyer()];
  readonly #made: Reservation[] = [];
  readonly #fillings = new Map<string, recovery.Filling>();
  #keys: model.GateKeys | null;

  private constructor(redis: Redis, saleId: SaleId, settings: model.Settings) {
    this.#redis = redis;
    this.#saleId = saleId;
    this.#keys = model.openGate(1, 1, settings);
  }

  static async begin(redis: Redis, settings: model.Settings): Promise<GateLife> {
    const sale = aSale({ ...settings, attemptLimit: 10_000 });
    expect(await createGate(redis).load(sale)).toBe("loaded");
    return new GateLife(redis, sale.saleId, settings);
  }

  async step(step: GateStep): Promise<void> {
    const [expected, keys] = this.#expected(step);
    const said = await this.#does(step);
    if ("reservation" in expected && expected.kind === "reserved" && expected.reservation)
      this.#made.push(expected.reservation);
    expect(said).toEqual(essence(expected));
    this.#keys = keys;
    await this.#compare();
  }

  /** What the model says, and what it is then. */
  #expected(step: GateStep): readonly [Reply, model.GateKeys | null] {
    const keys = this.#keys;
    const gate = { keys, nowMs: NOW_MS };
    const word = <Word extends string>([kind, next]: readonly [Word, model.GateKeys | null]) =>
      [{ kind }, next] as const;
    switch (step.does) {
      case "reserve":
        return reserve(gate, this.#attempt(step), NUMBERING);
      case "adopt":
        return model.adopt(keys, this.#adoption(step), true);
      case "settle":
        return word(model.settle(keys, this.#left(step), true));
      case "configure":
        return model.configure(gate, { ...step, revision: this.#revision(step.age) }, SETTINGS);
      case "begin":
        return recovery.begin(keys, step, RECOVERY);
      case "fill":
        return word(recovery.fill(keys, { ...step, filling: this.#filling(step) }, RECOVERY));
      case "resume": {
        const filling = this.#fillings.get(step.recoveryId) ?? NOTHING;
        const { settings, recoveryId, fence } = step;
        const opening = { recoveryId, fence, settings, filling, revision: this.#revision(step.age) };
        return word(recovery.resume(keys, opening, RECOVERY));
      }
      case "clear": {
        const orderId = this.#made[step.order]?.orderId ?? "";
        return [{ kind: "done" }, keys && { ...keys, outbox: model.withoutKey(keys.outbox, orderId) }];
      }
      case "lose":
        return [{ kind: "done" }, null];
      case "end_restock":
        return [{ kind: "done" }, keys && { ...keys, isRestocking: false }];
      default:
        return step satisfies never;
    }
  }

  /** What Redis says. */
  async #does(step: GateStep): Promise<unknown> {
    const saleId = this.#saleId;
    const [gate, rebuild] = [createGate(this.#redis), createGateRebuild(this.#redis)];
    const done = { kind: "done" };
    switch (step.does) {
      case "reserve": {
        const attempt = this.#attempt(step);
        const rest = { saleId, requestId: "request", traceId: null, wantsFilter: false };
        return essence(await gate.reserve({ ...attempt, ...rest }));
      }
      case "adopt": {
        const rest = { saleId, n: 1, epoch: 0, reservedAtMs: 0, requestId: "request" };
        return gate.adopt({ ...this.#adoption(step), ...rest });
      }
      case "settle":
        return { kind: await gate.settle({ saleId, ...this.#left(step) }) };
      case "configure": {
        const settings = { ...model.gateSettings(step.settings), saleId, revision: this.#revision(step.age) };
        return gate.configure(settings, step.when);
      }
      case "begin": {
        const { fence, recoveryId } = step;
        const begin = defineScript(this.#redis, beginRecoveryScript);
        const [kind, wasAlive, isSameLife] = (await begin(gateKeys(saleId), { fence, recoveryId })).map(
          String,
        );
        if (kind !== "begun") return { kind };
        return { kind, wasAlive: wasAlive === "1", isSameLife: isSameLife === "1" };
      }
      case "fill":
        return said("added", () => rebuild.refill(begunAs(saleId, step), this.#real(step), async () => {}));
      case "resume": {
        const settings = { ...model.gateSettings(step.settings), saleId, revision: this.#revision(step.age) };
        return said("resumed", () => rebuild.open(begunAs(saleId, step), this.#real(step), settings));
      }
      case "clear": {
        const order = this.#made[step.order];
        if (order) await gate.clear(saleId, order.orderId);
        return done;
      }
      case "lose":
        await this.#redis.del(...Object.values(gateKeys(saleId)));
        return done;
      case "end_restock":
        if (this.#keys) await this.#redis.hset(gateKeys(saleId).gate, "restock_at_ms", 0);
        return done;
      default:
        return step satisfies never;
    }
  }

  readonly #ids = new Map<GateStep, OrderId>();
  #newId(step: GateStep): OrderId {
    const known = this.#ids.get(step) ?? newOrderId(this.#saleId, NOW_MS);
    this.#ids.set(step, known);
    return known;
  }

  #attempt(step: Extract<GateStep, { does: "reserve" }>) {
    const { buyer, key, quantity } = step;
    return { buyerId: this.#buyers[buyer]!, keyHash: `key-${key}`, quantity, orderId: this.#newId(step) };
  }

  /** An order that the gate has made, or one that it never saw. */
  #adoption(step: Extract<GateStep, { does: "adopt" }>): model.Adoption {
    const made = this.#made[step.order];
    if (made) return made;
    return { ...this.#attempt({ ...step, does: "reserve" }), orderId: this.#newId(step), place: 99 };
  }

  /** What is left of one of the gate's orders, or of one that it does not know: never more than comes of lowering it. */
  #left({ order, left, withheld }: Extract<GateStep, { does: "settle" }>): model.Left {
    const made = this.#made[order];
    const buyerId = made?.buyerId ?? this.#buyers[0]!;
    const orderId = made?.orderId ?? ("ord_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as OrderId);
    const present = this.#keys?.buyers[buyerId]?.find((one) => one.orderId === orderId);
    const unitsLeft = Math.min(left, made?.quantity ?? left);
    const before = present ?? { unitsLeft: 0, unitsWithheld: 0 };
    const back = Math.max(0, before.unitsLeft - unitsLeft);
    return { buyerId, orderId, unitsLeft, unitsWithheld: before.unitsWithheld + Math.min(withheld, back) };
  }

  #revision = (age: number) => Math.max(1, (this.#keys?.revision ?? 1) + age);

  /** Some of the orders that the gate has made, with what it holds of them. */
  #filling({ recoveryId, keeps }: Extract<GateStep, { does: "fill" }>): recovery.Filling {
    const kept = this.#made.filter((_, index) => ((keeps >> index) & 1) === 1).slice(0, 3);
    const orders = kept.map((order) => ({ ...order, unitsLeft: order.quantity, unitsWithheld: 0 }));
    const buyers: Record<string, (typeof orders)[number][]> = {};
    for (const { buyerId, orderId, quantity, place, keyHash, unitsLeft, unitsWithheld } of orders) {
      const order = { orderId, quantity, place, keyHash, unitsLeft, unitsWithheld };
      (buyers[buyerId] ??= []).push(order as (typeof orders)[number]);
    }
    const soldUnits = orders.reduce((sum, { quantity }) => sum + quantity, 0);
    const places = kept.reduce((most, { place }) => Math.max(most, place), 0);
    const filling = { epoch: 9, buyers, unsettled: kept.slice(0, 1), soldUnits, withheldUnits: 0, places };
    this.#fillings.set(recoveryId, filling);
    return filling;
  }

  #real({ recoveryId }: { readonly recoveryId: string }) {
    const { buyers, ...rest } = this.#fillings.get(recoveryId) ?? NOTHING;
    const all = Object.entries(buyers).map(([buyerId, orders]) => [buyerId as BuyerId, orders] as const);
    const unsettled = rest.unsettled.map((order) => ({ ...order, saleId: this.#saleId }));
    return { ...rest, unsettled, allocated: 4, buyers: new Map(all) };
  }

  async #compare(): Promise<void> {
    const view = await createGate(this.#redis).inspect(this.#saleId);
    const keys = this.#keys;
    if (keys === null) return expect(view).toEqual({ kind: "lost" });
    expect(view).toMatchObject({
      isRecovering: keys.isRecovering,
      epoch: keys.epoch ?? 0,
      revision: keys.revision ?? 0,
      places: keys.places ?? 0,
      stock: { available: 0, sold: 0, withheld: 0, ...keys.stock, allocated: keys.settings?.allocated ?? 0 },
      ...(keys.settings && { state: keys.settings.state, purchaseLimit: keys.settings.purchaseLimit }),
    });
    const contents = createGateContents(this.#redis);
    const [orders, outbox] = [
      await contents.orders(this.#saleId),
      await contents.outbox(this.#saleId, Number.POSITIVE_INFINITY),
    ];
    const byId = (a: { orderId: string }, b: { orderId: string }) => (a.orderId < b.orderId ? -1 : 1);
    expect(orders.toSorted(byId)).toEqual([...model.ordersOf(keys)].toSorted(byId));
    expect(outbox.map(essenceOf).toSorted(byId)).toEqual(
      Object.values(keys.outbox).map(essenceOf).toSorted(byId),
    );
  }
}

const begunAs = (saleId: SaleId, { fence, recoveryId }: recovery.Recovery) => ({
  saleId,
  fence,
  recoveryId,
  wasAlive: false,
  isSameLife: true,
});

/** The word with which a step of a rebuild was answered. */
async function said(word: string, act: () => Promise<void>): Promise<{ readonly kind: string }> {
  try {
    await act();
    return { kind: word };
  } catch (error) {
    if (!(error instanceof RebuildStopped)) throw error;
    return { kind: /said (\w+)/.exec(error.message)?.[1] ?? "" };
  }
}

const essenceOf = ({ orderId, buyerId, n, quantity, place, epoch, keyHash }: Reservation) => ({
  orderId,
  buyerId,
  n,
  quantity,
  place,
  epoch,
  keyHash,
});

/** A reply without what the models leave out. */
function essence(reply: object): unknown {
  const { kind } = reply as { readonly kind: string };
  if ("orderId" in reply) {
    const { orderId, reservation } = reply as { orderId: string; reservation: Reservation | null };
    return { kind, orderId, reservation: reservation && essenceOf(reservation) };
  }
  if (kind === "sold_out") return { kind, available: (reply as { available: number }).available };
  return ["not_open", "over_limit", "too_many_orders"].includes(kind) ? { kind } : reply;
}
