import { sql } from "kysely";
import { connectDatabase } from "../../core/postgres/connect.postgres.ts";
import { openRedis, type RedisAddress } from "../../local/stores/open-redis.ts";
import type { Versions } from "../report/surroundings.ts";

type Stores = RedisAddress & { readonly databaseUrl: string };

/** What the Redis and the PostgreSQL of a local cloud say that they are. */
export async function storeVersions(stores: Stores): Promise<Versions> {
  const [redis, postgres] = await Promise.all([redisVersion(stores), postgresVersion(stores.databaseUrl)]);
  return { ...redis, PostgreSQL: postgres };
}

/** Valkey calls itself a Redis of 7.2 too, for clients that know no other. */
async function redisVersion(address: RedisAddress): Promise<Versions> {
  const redis = openRedis(address);
  try {
    const info = await redis.info("server");
    const valkey = /^valkey_version:(\S+)/m.exec(info)?.[1];
    return valkey ? { Valkey: valkey } : { Redis: /^redis_version:(\S+)/m.exec(info)?.[1] ?? "unknown" };
  } finally {
    redis.disconnect();
  }
}

async function postgresVersion(databaseUrl: string): Promise<string> {
  const db = connectDatabase(databaseUrl);
  try {
    const { rows } = await sql<{ server_version: string }>`show server_version`.execute(db);
    return rows[0]?.server_version ?? "unknown";
  } finally {
    await db.destroy();
  }
}
