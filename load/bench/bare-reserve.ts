import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { gateKeys } from "../../core/gate/keys.ts";
import reserveScript from "../../core/gate/reserve.lua";
import { newBuyerId, newOrderId, type SaleId } from "../../core/ids.ts";

/** Makes bare calls of reserve.lua: EVALSHA with its arguments made beforehand, the reply not read. */
export async function bareReserve(redis: Redis, saleId: SaleId, quantity: number) {
  await redis.script("LOAD", reserveScript);
  const sha = createHash("sha1").update(reserveScript).digest("hex");
  const keys = gateKeys(saleId);
  const keyNames = [keys.gate, keys.buyers, keys.outbox, keys.holders, keys.attempts];
  return (): (() => Promise<unknown>) => {
    const nowMs = Date.now();
    const ids = [
      newBuyerId(nowMs),
      "k".repeat(16),
      quantity,
      newOrderId(saleId, nowMs),
      saleId,
      "request",
      "",
    ];
    return () => redis.callBuffer("EVALSHA", sha, keyNames.length, ...keyNames, ...ids, "1");
  };
}
