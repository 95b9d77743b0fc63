import type { Redis } from "ioredis";
import type { OrderId, SaleId } from "../ids.ts";
import { inTime } from "../redis/in-time.ts";
import { defineScript } from "../redis/script.ts";
import { parseReserveReply, type ReserveReply, type ReserveRequest } from "./gate-replies.ts";
import { gateKeys } from "./keys.ts";
import { reserveScript } from "./reserve-script.ts";

export type PurchaseGate = ReturnType<typeof createPurchaseGate>;

/**
 * What a purchase does at the gate; each method is one round trip. Apart from the rest, which its function does not load.
 *
 * @throws whatever the client throws when Redis does not answer in time: the script may have run all the same.
 * @throws Error on a word that the script does not have.
 */
export function createPurchaseGate(redis: Redis) {
  const reserve = defineScript(redis, reserveScript);
  return {
    /** Decides one attempt; takes the units if it may. */
    async reserve(request: ReserveRequest): Promise<ReserveReply> {
      const { turn, invited } = request;
      // Each by its name: taking the rest of the request over as a whole took three times as long.
      const reply = await reserve(gateKeys(request.saleId), {
        buyerId: request.buyerId,
        keyHash: request.keyHash,
        quantity: request.quantity,
        newOrderId: request.orderId,
        saleId: request.saleId,
        requestId: request.requestId,
        traceId: request.traceId ?? "",
        wantsFilter: request.wantsFilter ? "1" : "0",
        edition: invited?.edition ?? "",
        fromMs: invited?.fromMs ?? "",
        step: turn?.step ?? "",
        rank: turn?.rank ?? "",
        list: turn?.list ?? "",
        leaf: turn?.leaf ?? "",
        entryQuantity: turn?.quantity ?? "",
      });
      return parseReserveReply(reply);
    },

    /** Clears the outbox entry of a reservation that is in the ledger and on the queue. */
    async clear(saleId: SaleId, orderId: OrderId): Promise<void> {
      await inTime(redis, () => redis.hdel(gateKeys(saleId).outbox, orderId));
    },

    /** Asks the node that has the sale for nothing, so that the connection to it is up and known to be well. */
    async touch(saleId: SaleId): Promise<void> {
      await inTime(redis, () => redis.exists(gateKeys(saleId).gate));
    },
  };
}
