import type { Redis } from "ioredis";
import { expect } from "vitest";
import { createGate } from "../../../core/gate/gate.redis.ts";
import { createGateContents } from "../../../core/gate/gate-contents.redis.ts";
import type { SaleId } from "../../../core/ids.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { aSale, NOW_MS } from "../../support/test-sale.ts";
import { GateCast } from "./gate-cast.ts";
import type { GateStep } from "./gate-steps.ts";
import * as model from "./gate.ts";
import * as recovery from "./gate-recovery.ts";
import { reserve } from "./gate-reserve.ts";
import { onRealGate } from "./real-gate.ts";

const RECOVERY = { knowsRecoveries: true, knowsFence: true };
const SETTINGS = { knowsConflicts: true, keepsWhenClosed: true, firstOnlyTightens: true };
const NUMBERING = { numbersAreStored: true, keysAreRemembered: true };

/** A gate in Redis and the explorer's model of it, side by side: both take each step, and must say and hold the same. */
export class GateLife {
  readonly #redis: Redis;
  readonly #saleId: SaleId;
  readonly #cast: GateCast;
  #keys: model.GateKeys | null;

  private constructor(redis: Redis, saleId: SaleId, settings: model.Settings) {
    this.#redis = redis;
    this.#saleId = saleId;
    this.#cast = new GateCast(saleId);
    this.#keys = model.openGate(1, 1, settings);
  }

  static async begin(redis: Redis, settings: model.Settings): Promise<GateLife> {
    const sale = aSale({ ...settings, attemptLimit: 10_000 });
    expect(await createGate(redis).load(sale)).toBe("loaded");
    return new GateLife(redis, sale.saleId, settings);
  }

  async step(step: GateStep): Promise<void> {
    const keys = this.#keys;
    const revision = "age" in step ? Math.max(1, (keys?.revision ?? 1) + step.age) : 0;
    const [expected, next] = onModel(this.#cast, step, keys, revision);
    const scene = { redis: this.#redis, saleId: this.#saleId, cast: this.#cast, keys, revision };
    expect(essence(await onRealGate(scene, step))).toEqual(essence(expected));
    const { reservation = null, kind } = expected as { kind: string; reservation?: Reservation | null };
    if (kind === "reserved" && reservation) this.#cast.made.push(reservation);
    this.#keys = next;
    await this.#compare();
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
    const orders = await contents.orders(this.#saleId);
    const outbox = await contents.outbox(this.#saleId, Number.POSITIVE_INFINITY);
    expect(orders.toSorted(byId)).toEqual(model.ordersOf(keys).toSorted(byId));
    expect(outbox.map(essenceOf).toSorted(byId)).toEqual(
      Object.values(keys.outbox).map(essenceOf).toSorted(byId),
    );
  }
}

/** What the model says, and what it is then. */
function onModel(
  cast: GateCast,
  step: GateStep,
  keys: model.GateKeys | null,
  revision: number,
): readonly [object, model.GateKeys | null] {
  const gate = { keys, nowMs: NOW_MS };
  const done = { kind: "done" };
  switch (step.does) {
    case "reserve":
      return reserve(gate, cast.attempt(step, step), NUMBERING);
    case "adopt":
      return model.adopt(keys, cast.adoption(step), true);
    case "settle":
      return word(model.settle(keys, cast.left(step, keys), true));
    case "configure":
      return model.configure(gate, { ...step, revision }, SETTINGS);
    case "begin":
      return recovery.begin(keys, step, RECOVERY);
    case "fill":
      return word(recovery.fill(keys, { ...step, filling: cast.fill(step) }, RECOVERY));
    case "resume":
      return word(recovery.resume(keys, { ...step, filling: cast.filling(step), revision }, RECOVERY));
    case "clear": {
      const orderId = cast.made[step.order]?.orderId ?? "";
      return [done, keys && { ...keys, outbox: model.withoutKey(keys.outbox, orderId) }];
    }
    case "lose":
      return [done, null];
    case "end_restock":
      return [done, keys && { ...keys, isRestocking: false }];
    default:
      return step satisfies never;
  }
}

const word = ([kind, keys]: readonly [string, model.GateKeys | null]) => [{ kind }, keys] as const;

type Named = { readonly orderId: string };
const byId = (a: Named, b: Named) => (a.orderId < b.orderId ? -1 : 1);

const essenceOf = (reservation: Reservation) => {
  const { orderId, buyerId, n, quantity, place, epoch, keyHash } = reservation;
  return { orderId, buyerId, n, quantity, place, epoch, keyHash };
};

/** A reply without what the models leave out. */
function essence(reply: object): unknown {
  const { kind, ...rest } = reply as { readonly kind: string; readonly available?: number };
  if ("orderId" in reply) {
    const { orderId, reservation } = reply as { orderId: string; reservation: Reservation | null };
    return { kind, orderId, reservation: reservation && essenceOf(reservation) };
  }
  if (kind === "sold_out") return { kind, available: rest.available };
  return ["not_open", "over_limit", "too_many_orders"].includes(kind) ? { kind } : reply;
}
