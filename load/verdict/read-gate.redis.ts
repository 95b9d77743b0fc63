import { gateKeys } from "../../core/gate/keys.ts";
import type { BuyerId, OrderId, SaleId } from "../../core/ids.ts";
import { openRedis, type RedisAddress } from "../../local/stores/open-redis.ts";
import type { GateFacts, GateOrder } from "./facts.ts";

/** Reads the gate's raw keys at one instant. A gate that is gone reads as counters that are no numbers. */
export async function readGate(address: RedisAddress, saleId: SaleId): Promise<GateFacts> {
  const redis = openRedis(address);
  try {
    const keys = gateKeys(saleId);
    // A transaction does not wait for a cluster's client to be connected, as a command does.
    await redis.exists(keys.gate);
    const replies = await redis
      .multi()
      .hgetall(keys.gate)
      .hgetall(keys.buyers)
      .hkeys(keys.outbox)
      .getBuffer(keys.holders)
      .exec();
    const [gate, buyers, outbox, bytes] = (replies ?? []).map(([error, reply]) => {
      if (error) throw error;
      return reply;
    }) as [Record<string, string>, Record<string, string>, OrderId[], Buffer | null];
    const number = (field: string) => Number(gate[field]);
    return {
      stock: {
        allocated: number("allocated"),
        available: number("available"),
        held: number("held"),
        sold: number("sold"),
        withheld: number("withheld"),
      },
      places: number("places"),
      orders: Object.entries(buyers).flatMap(([buyerId, orders]) => parseOrders(buyerId as BuyerId, orders)),
      outbox,
      holders: { bytes: bytes ?? Buffer.alloc(0), bits: number("holder_bits") },
    };
  } finally {
    redis.disconnect();
  }
}

/** A buyer's orders, in the form that core/gate/lib/orders.lua gives. */
const parseOrders = (buyerId: BuyerId, orders: string): GateOrder[] =>
  orders.split(";").map((order) => {
    const [orderId, quantity, place, keyHash = "", unitsLeft = quantity, unitsWithheld = "0"] =
      order.split(",");
    return {
      orderId: orderId as OrderId,
      buyerId,
      quantity: Number(quantity),
      place: Number(place),
      keyHash,
      unitsLeft: Number(unitsLeft),
      unitsWithheld: Number(unitsWithheld),
    };
  });
