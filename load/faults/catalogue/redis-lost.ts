import { setTimeout as sleep } from "node:timers/promises";
import { gateKeys } from "../../../core/gate/keys.ts";
import { bothLimits, type Fault, losesPlaces, type Stage } from "../fault.ts";
import { untilRecovered } from "../until-recovered.ts";

/** Enough sold for a snapshot that is neither empty nor complete. */
const SOME_ACCEPTED = 6;

const lost = (name: string, line: string, inject: Fault["inject"]): Fault => ({
  name,
  line,
  limits: bothLimits,
  isChaotic: true,
  voids: losesPlaces,
  mayReject: true,
  inject,
});

export const flush = (stage: Stage) => stage.cloud.redis.node().client.flushall();

async function promoteStaleReplica(stage: Stage): Promise<void> {
  const { redis } = stage.cloud;
  await stage.crowd.until(SOME_ACCEPTED, 0);
  redis.staleReplica();
  await stage.midBurst();
  await redis.promoteReplica(stage.crowd.saleId);
}

const loseKey = (key: keyof ReturnType<typeof gateKeys>) =>
  lost(`redis-loses-${key}`, `Redis: one key lost (${key})`, async (stage) => {
    await stage.midBurst();
    await stage.cloud.redis.node().client.del(gateKeys(stage.crowd.saleId)[key]);
  });

/** Redis that forgets, wholly or in part. */
export const redisLost: readonly Fault[] = [
  lost("redis-flushall", "Redis FLUSHALL", async (stage) => {
    await stage.midBurst();
    await flush(stage);
  }),
  lost("redis-flushall-twice", "Redis FLUSHALL again as soon as the sale is recovered", async (stage) => {
    await stage.midBurst();
    await flush(stage);
    await untilRecovered(stage);
    await flush(stage);
  }),
  lost("redis-flushall-in-recovery", "Redis FLUSHALL again in the middle of the recovery", async (stage) => {
    await stage.midBurst();
    await flush(stage);
    await sleep(4_000);
    await flush(stage);
  }),
  lost("redis-restart-empty", "Redis restarts empty", async (stage) => {
    await stage.midBurst();
    await stage.cloud.redis.restartEmpty();
  }),
  lost("redis-old-snapshot", "Redis restarts from an old snapshot", async (stage) => {
    await stage.crowd.until(SOME_ACCEPTED, 0);
    await stage.cloud.redis.snapshot();
    await stage.midBurst();
    await stage.cloud.redis.restartOldSnapshot();
  }),
  {
    ...lost("redis-stale-replica", "a stale replica is promoted", promoteStaleReplica),
    prepare: (cloud) => cloud.redis.addReplica(),
  },
  ...(["gate", "buyers", "outbox", "holders", "attempts"] as const).map(loseKey),
];
