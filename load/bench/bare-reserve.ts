import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { gateKeys } from "../../core/gate/keys.ts";
import { reserveScript } from "../../core/gate/reserve-script.ts";
import { newBuyerId, newOrderId, type SaleId } from "../../core/ids.ts";
import { scriptText } from "../../core/redis/script.ts";

/** Makes bare calls of the reserve script: EVALSHA with its arguments made beforehand, the reply not read. */
export async function bareReserve(redis: Redis, saleId: SaleId, quantity: number) {
  const text = scriptText(reserveScript);
  await redis.script("LOAD", text);
  const sha = createHash("sha1").update(text).digest("hex");
  const keys = gateKeys(saleId);
  const keyNames = reserveScript.keys.map((key) => keys[key]);
  return (): (() => Promise<unknown>) => {
    const nowMs = Date.now();
    const values: Record<(typeof reserveScript.arguments)[number], string | number> = {
      buyerId: newBuyerId(nowMs),
      keyHash: "k".repeat(16),
      quantity,
      newOrderId: newOrderId(saleId, nowMs),
      saleId,
      requestId: "request",
      traceId: "",
      wantsFilter: "1",
      edition: "",
      fromMs: "",
      step: "",
      rank: "",
      list: "",
      leaf: "",
      entryQuantity: "",
    };
    const all = reserveScript.arguments.map((name) => values[name]);
    return () => redis.callBuffer("EVALSHA", sha, keyNames.length, ...keyNames, ...all);
  };
}
