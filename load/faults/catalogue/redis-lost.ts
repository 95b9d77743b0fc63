import { setTimeout as sleep } from "node:timers/promises";
import { gateKeys } from "../../../core/gate/keys.ts";
import { httpFunction } from "../../../core/topology.ts";
import { bothLimits, type Fault, losesPlaces, type Stage } from "../fault.ts";
import { hasKilled } from "../kills.ts";
import { untilRecovered } from "../until-recovered.ts";
import { waitUntil } from "../wait-until.ts";
import { atPoint } from "../worker-control.ts";

/** Enough sold for a snapshot that is neither empty nor complete. */
const SOME_ACCEPTED = 6;
/** Most of the first requests die. */
const PASSES = [0, 0, 0, 0, 0, 0, 0, 0];
const BETWEEN_KEYS_MS = 2_500;

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

/** Buyers who were accepted, although the answer to a request of theirs that is not repeated never came. */
function boughtTwice({ crowd }: Stage): number {
  const unanswered = crowd.log.filter(({ key, kind }) => crowd.silent.has(key) && kind !== "accepted");
  const buyers = new Set(unanswered.map(({ buyerId }) => buyerId));
  return crowd.log.filter(({ kind, buyerId }) => kind === "accepted" && buyers.has(buyerId)).length;
}

/** Redis that forgets, wholly or in part. */
export const redisLost: readonly Fault[] = [
  lost("redis-flushall", "Redis FLUSHALL", async (stage) => {
    await stage.midBurst();
    await flush(stage);
  }),
  {
    ...lost("redis-flushall-after-crashes", "purchases die after Lua, then Redis FLUSHALL", async (stage) => {
      await stage.midBurst();
      if (stage.crowd.purchaseLimit > 1)
        await waitUntil("buyers are answered whose first request died", async () => boughtTwice(stage) > 1);
      await flush(stage);
      stage.cloud.guardians.add();
    }),
    isChaotic: false,
    units: 200,
    voids: {
      ...losesPlaces,
      sell_out: "units enough for all: a lost reservation whose buyer never asks again is made by nobody",
    },
    // Of a buyer with several requests the first one dies, the second is answered, and the third finds another Redis.
    crowd: { everyNeverRetries: 2, waveMs: 1_000, betweenKeysMs: BETWEEN_KEYS_MS },
    prepare: async (cloud) => {
      // It would finish what died.
      await cloud.guardians.down();
      await cloud.workers.rearm("purchase", atPoint("purchase_after_reserve", "SIGKILL", PASSES));
    },
    hasStruck: hasKilled(httpFunction("purchase").handler),
  },
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
