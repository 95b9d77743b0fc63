import type { Redis } from "ioredis";
import { gateKeys } from "../../core/gate/keys.ts";
import type { SaleId } from "../../core/ids.ts";

export type RawGate = {
  readonly gate: Record<string, string>;
  readonly buyers: Record<string, string>;
  readonly outbox: Record<string, string>;
  readonly holders: Buffer | null;
  readonly attempts: Record<string, string>;
  readonly steps: Record<string, string>;
  readonly turns: Record<string, string>;
};

/** Everything that Redis holds of a sale, as it holds it. @throws if any key of it has a time to live. */
export async function rawGate(redis: Redis, saleId: SaleId): Promise<RawGate> {
  const keys = gateKeys(saleId);
  for (const key of await redis.keys(`*${saleId}*`)) {
    const ttl = await redis.ttl(key);
    if (ttl !== -1) throw new Error(`${key} has a time to live of ${ttl} s`);
    if (!Object.values<string>(keys).includes(key)) throw new Error(`${key} is no key of a gate`);
  }
  const [gate, buyers, outbox, holders, attempts, steps, turns] = await Promise.all([
    redis.hgetall(keys.gate),
    redis.hgetall(keys.buyers),
    redis.hgetall(keys.outbox),
    redis.getBuffer(keys.holders),
    redis.hgetall(keys.attempts),
    redis.hgetall(keys.steps),
    redis.hgetall(keys.turns),
  ]);
  return { gate, buyers, outbox, holders, attempts, steps, turns };
}
