import type { Redis } from "ioredis";
import { inject } from "vitest";
import type { ReserveReply, ReserveRequest } from "../../core/gate/gate-replies.ts";
import { createGate, type Gate } from "../../core/gate/gate.redis.ts";
import { gateKeys } from "../../core/gate/keys.ts";
import { createGateRebuild, type GateFilling } from "../../core/gate/rebuild.redis.ts";
import { newOrderId, type SaleId } from "../../core/ids.ts";
import { hashKey } from "../../core/purchase/key-hash.ts";
import type { Sale } from "../../core/sale/sale.ts";
import { testRedis } from "../support/test-redis.ts";
import { aBuyer, aSale, NOW_MS } from "../support/test-sale.ts";

export type TestGate = ReturnType<typeof gateOn>;

/** A gate on a test file's Redis, closed at the end of the file. Call it after `testStores`. */
export function testGate(redisUrl: string): TestGate {
  return gateOn(testRedis({ redisUrl, redisCluster: inject("stores").redisCluster }));
}

/** What gate tests do: load a sale, attempt a purchase, look at the raw keys. */
export function gateOn(redis: Redis) {
  const gate: Gate = createGate(redis);

  return {
    redis,
    gate,
    rebuild: createGateRebuild(redis),

    load: async (settings: Partial<Sale> = {}): Promise<Sale> => {
      const sale = aSale(settings);
      const reply = await gate.load(sale);
      if (reply !== "loaded") throw new Error(`the gate was not loaded: ${reply}`);
      return sale;
    },

    /** One attempt: of a new buyer, for one unit, with a new key, unless it says otherwise. */
    reserve: (saleId: SaleId, attempt: Partial<ReserveRequest> & { readonly key?: string } = {}) => {
      const { key = crypto.randomUUID(), ...rest } = attempt;
      return gate.reserve({
        saleId,
        buyerId: aBuyer(),
        keyHash: hashKey(key),
        quantity: 1,
        orderId: newOrderId(saleId, NOW_MS),
        requestId: "request-1",
        traceId: "1-67891233-abcdef012345678912345678",
        wantsFilter: false,
        ...rest,
      });
    },

    /** A field of the gate's hash, as Redis holds it. */
    field: (saleId: SaleId, name: string) => redis.hget(gateKeys(saleId).gate, name),

    setField: (saleId: SaleId, name: string, value: string | number) =>
      redis.hset(gateKeys(saleId).gate, name, value),

    /** Milliseconds of the clock that the gate goes by. */
    nowMs: async (): Promise<number> => {
      const [seconds = 0, micros = 0] = await redis.time();
      return seconds * 1000 + Math.floor(micros / 1000);
    },
  };
}

/** What a rebuilt gate counts: nothing, unless it says otherwise. */
export const aFilling = (filling: Partial<GateFilling> = {}): GateFilling => ({
  epoch: 2,
  allocated: 5,
  buyers: new Map(),
  unsettled: [],
  soldUnits: 0,
  heldUnits: 0,
  holds: [],
  withheldUnits: 0,
  places: 0,
  ...filling,
});

/** @throws unless the reply is a reservation. */
export function reservationOf(reply: ReserveReply) {
  if (reply.kind !== "reserved") throw new Error(`not reserved: ${JSON.stringify(reply)}`);
  return reply.reservation;
}
