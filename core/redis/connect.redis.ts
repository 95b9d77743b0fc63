import { Cluster, type ClusterOptions, Redis, type RedisOptions } from "ioredis";
import type { Config } from "../config.ts";

/**
 * Limits of a connection to the gate; in-time.ts has the limit of a call.
 *
 * A function that was frozen may thaw on a connection that is dead and does not say so. One that brings nothing while a
 * command waits is given up early enough that the command can be sent once more, which every script allows.
 */
const options = {
  connectTimeout: 1_000,
  socketTimeout: 300,
  // A peer that does not answer the farewell is not waited for.
  disconnectTimeout: 100,
  maxRetriesPerRequest: 1,
  enableReadyCheck: false,
  retryStrategy: (attempt: number) => Math.min(50 * attempt, 500),
} satisfies RedisOptions & { readonly disconnectTimeout: number };

/** In a cluster in-time.ts alone sends again: the client would do so to a shard at random. */
const clusterOptions = {
  enableReadyCheck: false,
  retryDelayOnFailover: 0,
  retryDelayOnClusterDown: 0,
  slotsRefreshTimeout: 300,
  clusterRetryStrategy: (attempt: number) => Math.min(25 * (attempt - 1), 500),
  // Node addresses come by name from the cluster itself; keeping them unresolved lets TLS check their certificates.
  dnsLookup: (address, callback) => callback(null, address),
} satisfies ClusterOptions;

export type GateConfig = Config<"REDIS_URL" | "REDIS_CLUSTER" | "REDIS_CA">;

/** One client for each process, made before the first request so that the connection is up when it comes. */
export function connectGate(config: GateConfig, onError: (error: unknown) => void): Redis {
  const { hostname, port, username, password, protocol } = new URL(config.REDIS_URL);
  const tls = protocol === "rediss:" && { tls: config.REDIS_CA ? { ca: config.REDIS_CA } : {} };
  const client = config.REDIS_CLUSTER
    ? new Cluster([{ host: hostname, port: Number(port || 6379) }], {
        ...clusterOptions,
        redisOptions: {
          ...options,
          ...tls,
          ...(username && { username: decodeURIComponent(username) }),
          ...(password && { password: decodeURIComponent(password) }),
        },
      })
    : new Redis(config.REDIS_URL, { ...options, ...tls });
  client.on("error", onError);
  return client as Redis;
}
