import { type Fault, losesPlaces } from "../fault.ts";

/** Redis that forgets, wholly or in part. */
export const redisLost: readonly Fault[] = [
  {
    name: "redis-flushall",
    line: "Redis FLUSHALL",
    isChaotic: true,
    voids: losesPlaces,
    mayReject: true,
    inject: async (stage) => {
      await stage.midBurst();
      await stage.cloud.redis.node().client.flushall();
    },
  },
];
