import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "../../core/postgres/migrate.ts";
import { functionsUrl } from "../../local/functions-url.ts";
import { ensureDatabase } from "../../local/stores/ensure-database.ts";
import type { RedisStore } from "../../local/stores/redis.ts";
import { startStores } from "../../local/stores/start-stores.ts";
import { RUN_MARK, markedProcesses } from "./marked-processes.ts";

export type StoreAddresses = {
  readonly redisUrl: string;
  readonly redisCluster: RedisStore["cluster"];
  readonly databaseUrl: string;
  readonly sqsEndpoint: string;
  readonly dynamoEndpoint: string;
};

declare module "vitest" {
  interface ProvidedContext {
    stores: StoreAddresses;
  }
}

/** Its tests run on a Redis Cluster. */
const CLUSTER_PROJECT = "integration-cluster";

/** Cloned for each test file. */
export const TEMPLATE_DATABASE = "flash_sale_template";

/** Starts one of each store for the whole run; a process that outlives the run fails it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // Kept here, for another project's set-up writes its own over it, in any order.
  const mark = randomUUID();
  process.env[RUN_MARK] = mark;
  const dataDir = mkdtempSync(join(tmpdir(), "flash-sale-tests-"));
  const hasCluster = project.name === CLUSTER_PROJECT;
  const stores = await startStores({
    dataDir,
    external: {},
    hasCluster,
    isDurable: false,
    onReady: () => {},
  });
  const template = await ensureDatabase(stores.postgres.url, TEMPLATE_DATABASE);
  await migrate(template, functionsUrl(template));
  project.provide("stores", {
    redisUrl: stores.redis.url,
    redisCluster: stores.redis.cluster,
    databaseUrl: stores.postgres.url,
    sqsEndpoint: stores.sqs.url,
    dynamoEndpoint: stores.dynamo.url,
  });
  return async () => {
    await stores.stop();
    rmSync(dataDir, { recursive: true, force: true });
    const left = markedProcesses(mark);
    if (left.length > 0) throw new Error(`These processes outlived the test run:\n${left.join("\n")}`);
  };
}
