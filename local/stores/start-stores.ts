import { join } from "node:path";
import { startDynamo } from "./dynamo.ts";
import { startPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";
import { startSqs } from "./sqs.ts";
import type { Store } from "./store.ts";

/** Stores that somebody else runs, by address; each one absent is started here. */
export type ExternalStores = {
  readonly redisUrl?: string | undefined;
  readonly databaseUrl?: string | undefined;
  readonly sqsEndpoint?: string | undefined;
  readonly dynamoEndpoint?: string | undefined;
};

export type StoresOptions = {
  readonly dataDir: string;
  readonly external: ExternalStores;
  /** True: everything outlives a restart. False: as quick as can be, for tests. */
  readonly isDurable: boolean;
  readonly onReady: (name: string) => void;
};

export type Stores = Readonly<Record<"redis" | "postgres" | "sqs" | "dynamo", Store>> & {
  /** Resolves if any of them dies. */
  readonly crashed: Promise<Error>;
  stop(): Promise<void>;
};

/** Starts the four stores at once. If one fails, the others are stopped before the error is thrown. */
export async function startStores({ dataDir, external, isDurable, onReady }: StoresOptions): Promise<Stores> {
  const announced = async (starting: Promise<Store>) => {
    const store = await starting;
    onReady(store.name);
    return store;
  };
  const folder = (name: string) => (isDurable ? join(dataDir, name) : null);
  const starting = [
    startRedis({ dataDir: join(dataDir, "redis"), externalUrl: external.redisUrl }),
    startPostgres({ dataDir: join(dataDir, "postgres"), externalUrl: external.databaseUrl, isDurable }),
    startSqs({ dataDir: folder("sqs"), externalUrl: external.sqsEndpoint }),
    startDynamo({ dataDir: folder("dynamo"), externalUrl: external.dynamoEndpoint }),
  ] as const;
  try {
    const [redis, postgres, sqs, dynamo] = await Promise.all(starting.map(announced));
    if (!redis || !postgres || !sqs || !dynamo) throw new Error("A store is missing.");
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
