import type { Redis } from "ioredis";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { inTime } from "../redis/in-time.ts";
import { holdMember } from "./holds.ts";
import { gateKeys } from "./keys.ts";
import { turnField } from "./tend-line.ts";

export type GateTraces = ReturnType<typeof createGateTraces>;

type Known = {
  readonly buyerId: BuyerId;
  readonly orderIds: readonly OrderId[];
  /** Of the line, those that they are in. */
  readonly lists: readonly number[];
};

/** What a gate keeps of a buyer until its sale is archived: seen alone, since the gate counts on it. */
export function createGateTraces(redis: Redis) {
  return {
    async read(saleId: SaleId, { buyerId, orderIds, lists }: Known): Promise<Record<string, string>> {
      const keys = gateKeys(saleId);
      const asked: [string, () => Promise<string | null>][] = [
        ["buyers", () => redis.hget(keys.buyers, buyerId)],
        ...orderIds.flatMap((orderId): [string, () => Promise<string | null>][] => [
          [`outbox ${orderId}`, () => redis.hget(keys.outbox, orderId)],
          [`holds ${orderId}`, () => redis.zscore(keys.holds, holdMember({ orderId, buyerId }))],
        ]),
        ...lists.map((list): [string, () => Promise<string | null>] => [
          `turns ${list}`,
          () => redis.hget(keys.turns, turnField(list, buyerId)),
        ]),
      ];
      const found: Record<string, string> = {};
      for (const [name, ask] of asked) {
        const value = await inTime(redis, ask);
        if (value !== null) found[name] = value;
      }
      return found;
    },
  };
}
