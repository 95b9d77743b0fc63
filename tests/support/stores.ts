import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import { Client } from "pg";
import { afterAll, inject } from "vitest";
import { type Resources, createResources, deleteResources } from "../../local/resources.ts";
import { REDIS_DATABASES } from "../../local/stores/redis.ts";
import { assertNoLeaks } from "./assert-no-leaks.ts";
import type { RedisAddress } from "../../local/stores/open-redis.ts";
import { openRedis } from "./test-redis.ts";
import { type StoreAddresses, TEMPLATE_DATABASE } from "../tools/global-setup.ts";

export type TestStores = StoreAddresses & Resources & { readonly prefix: string };

/**
 * Gives a test file its own PostgreSQL database (migrated), Redis database, queues and tables, and takes them away at its end.
 * A connection or child process left open then fails the file. Call it once per file, at the top or in `beforeAll`, before
 * anything that must be closed first: `afterAll` hooks run in reverse order.
 */
export async function testStores(): Promise<TestStores> {
  const shared = inject("stores");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const prefix = `${name.replace("_", "-")}-`;
  const [databaseUrl, redisUrl] = await Promise.all([
    cloneDatabase(shared.databaseUrl, name),
    takeRedisDatabase(shared),
  ]);
  const at = { sqsEndpoint: shared.sqsEndpoint, dynamoEndpoint: shared.dynamoEndpoint, prefix };
  const resources = await createResources(at);
  const stores = { ...shared, ...resources, databaseUrl, redisUrl, prefix };

  afterAll(async () => {
    try {
      await assertNoLeaks(stores);
    } finally {
      await Promise.all([
        deleteResources(resources, at),
        onDatabase(shared.databaseUrl, `DROP DATABASE ${name} WITH (FORCE)`),
        flushRedis(stores),
      ]);
    }
  });
  return stores;
}

async function cloneDatabase(url: string, name: string): Promise<string> {
  await onDatabase(url, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

async function onDatabase(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Database 0 counts which are taken. A cluster has no other: its test files run one after another. */
async function takeRedisDatabase({ redisUrl: url, redisCluster }: RedisAddress): Promise<string> {
  if (redisCluster) return url;
  const client = new Redis(url);
  const taken = await client.incr("test:databases");
  client.disconnect();
  const own = `${url}/${1 + ((taken - 1) % (REDIS_DATABASES - 1))}`;
  await flushRedis({ redisUrl: own });
  return own;
}

async function flushRedis(address: RedisAddress): Promise<void> {
  const client = openRedis(address);
  await client.flushdb();
  client.disconnect();
}
