import { Cluster, Redis, type RedisOptions } from "ioredis";
import type { Config } from "../config.ts";

/**
 * Limits of a gate call. A command that runs out of time is unclear: the script may have run.
 *
 * A function that was frozen may thaw on a connection that is dead and does not say so. One that brings nothing while a
 * command waits is therefore given up before the command is, and the command sent once more on a new connection, which
 * every script allows.
 */
const options = {
  connectTimeout: 1_000,
  commandTimeout: 1_000,
  socketTimeout: 500,
  maxRetriesPerRequest: 1,
  enableReadyCheck: false,
  retryStrategy: (attempt: number) => Math.min(50 * attempt, 500),
} satisfies RedisOptions;

/** One client for each process, made before the first request so that the connection is up when it comes. */
export function connectGate(
  config: Config<"REDIS_URL" | "REDIS_CLUSTER">,
  onError: (error: unknown) => void,
): Redis {
  const client = config.REDIS_CLUSTER
    ? connectCluster(config.REDIS_URL)
    : new Redis(config.REDIS_URL, options);
  client.on("error", onError);
  return client as Redis;
}

/** Node addresses come by name from the cluster itself; keeping them unresolved lets TLS check their certificates. */
function connectCluster(url: string): Cluster {
  const { hostname, port, username, password, protocol } = new URL(url);
  return new Cluster([{ host: hostname, port: Number(port || 6379) }], {
    dnsLookup: (address, callback) => callback(null, address),
    redisOptions: {
      ...options,
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      ...(protocol === "rediss:" && { tls: {} }),
    },
  });
}
