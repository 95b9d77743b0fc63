import { join } from "node:path";
import { LocalError } from "../local-error.ts";
import { startDynamo } from "./dynamo.ts";
import { startPostgres } from "./postgres.ts";
import { type RedisStore, startRedis } from "./redis.ts";
import { startRedisCluster } from "./redis-cluster/start-cluster.ts";
import { startSqs } from "./sqs.ts";
import type { Store } from "./store.ts";

/** Stores that somebody else runs, by address; each one absent is started here. */
export type ExternalStores = {
  readonly redisUrl?: string | undefined;
  /** Present: `redisUrl` is a node of a Redis Cluster; see RedisStore. */
  readonly redisCluster?: { readonly ca: string } | undefined;
  readonly databaseUrl?: string | undefined;
  readonly sqsEndpoint?: string | undefined;
  readonly dynamoEndpoint?: string | undefined;
};

export type StoresOptions = {
  readonly dataDir: string;
  readonly external: ExternalStores;
  /** A Redis Cluster over TLS, as AWS runs it, in place of one Redis. */
  readonly hasCluster?: boolean | undefined;
  /** True: everything outlives a restart. False: as quick as can be, for tests. */
  readonly isDurable: boolean;
  readonly onReady: (name: string) => void;
};

export type Stores = Readonly<Record<"postgres" | "sqs" | "dynamo", Store>> & {
  readonly redis: RedisStore;
  /** Resolves if any of them dies. */
  readonly crashed: Promise<Error>;
  stop(): Promise<void>;
};

/** Starts the four stores at once. If one fails, the others are stopped before the error is thrown. */
export async function startStores(options: StoresOptions): Promise<Stores> {
  const { dataDir, external, isDurable, onReady } = options;
  const announced = async <S extends Store>(starting: Promise<S>) => {
    const store = await starting;
    onReady(store.remark ? `${store.name}: ${store.remark}` : store.name);
    return store;
  };
  const folder = (name: string) => (isDurable ? join(dataDir, name) : null);
  const starting = [
    startGateStore(options),
    startPostgres({ dataDir: join(dataDir, "postgres"), externalUrl: external.databaseUrl, isDurable }),
    startSqs({ dataDir: folder("sqs"), externalUrl: external.sqsEndpoint }),
    startDynamo({ dataDir: folder("dynamo"), externalUrl: external.dynamoEndpoint }),
  ] as const;
  try {
    const [redisStarting, ...others] = starting;
    const [redis, postgres, sqs, dynamo] = await Promise.all([
      announced(redisStarting),
      ...others.map(announced<Store>),
    ]);
    if (!postgres || !sqs || !dynamo) throw new Error("A store is missing.");
    const stores = [redis, postgres, sqs, dynamo];
    const stop = async () => {
      await Promise.all(stores.map((store) => store.stop()));
    };
    return {
      redis,
      postgres,
      sqs,
      dynamo,
      stop,
      crashed: Promise.race(stores.map((store) => store.crashed)),
    };
  } catch (error) {
    const settled = await Promise.allSettled(starting);
    await Promise.all(
      settled.map((result) => (result.status === "fulfilled" ? result.value.stop() : Promise.resolve())),
    );
    throw error;
  }
}

async function startGateStore({
  dataDir,
  external,
  hasCluster,
  isDurable,
}: StoresOptions): Promise<RedisStore> {
  if (hasCluster && !external.redisUrl) return startRedisCluster(join(dataDir, "redis-cluster"), isDurable);
  if (hasCluster && !external.redisCluster)
    throw new LocalError(
      "--cluster starts a Redis Cluster, and REDIS_URL names a single Redis: leave one of them out, or set REDIS_CLUSTER=1 if it is a cluster.",
    );
  return startRedis({
    dataDir: join(dataDir, "redis"),
    externalUrl: external.redisUrl,
    externalCluster: external.redisCluster,
  });
}
