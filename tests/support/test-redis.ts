import { Redis } from "ioredis";
import { afterAll } from "vitest";
import { loadConfig } from "../../core/config.ts";
import { connectGate } from "../../core/redis/connect.redis.ts";
import type { RedisAddress } from "../../local/stores/open-redis.ts";

/** A client of the gate's Redis, for a test to look past the gate; the caller disconnects it. */
export function openRedis({ redisUrl, redisCluster }: RedisAddress): Redis {
  if (!redisCluster) return new Redis(redisUrl);
  const config = loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA"], {
    STAGE: "local",
    REDIS_URL: redisUrl,
    REDIS_CLUSTER: "1",
    REDIS_CA: redisCluster.ca,
  });
  return wholeCluster(connectGate(config, () => {}));
}

/** The same, closed at the end of the test file. */
export function testRedis(address: RedisAddress): Redis {
  const redis = openRedis(address);
  afterAll(() => redis.disconnect());
  return redis;
}

/** A cluster's client asks one node, any of them, for what has no key; here all masters are asked. */
function wholeCluster(redis: Redis): Redis {
  const masters = async () => {
    const lines = String(await redis.cluster("NODES")).split("\n");
    return lines.filter((line) => line.includes("master")).map((line) => line.split(/[ @]/)[1]);
  };
  const nodes = async () => {
    const addresses = await masters();
    const cluster = redis as unknown as { nodes(): Redis[] };
    return cluster.nodes().filter(({ options }) => addresses.includes(`${options.host}:${options.port}`));
  };
  return Object.assign(redis, {
    keys: async (pattern: string) =>
      (await Promise.all((await nodes()).map((node) => node.keys(pattern)))).flat(),
    flushdb: async () => {
      await Promise.all((await nodes()).map((node) => node.flushdb()));
      return "OK";
    },
  });
}
