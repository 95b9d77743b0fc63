import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { Client } from "pg";
import type { RedisAddress } from "../../local/stores/open-redis.ts";

/** A connection that was just closed may still be listed for a moment. */
const GRACE_MS = 2000;

/** Fails if this test file left open a connection to its databases, or a child process. */
export async function assertNoLeaks(at: RedisAddress & { readonly databaseUrl: string }): Promise<void> {
  const endsAtMs = performance.now() + GRACE_MS;
  for (;;) {
    const leaks = [
      ...(await databaseLeaks(at.databaseUrl)),
      // A cluster has one database, which others use too.
      ...(at.redisCluster ? [] : await redisLeaks(at.redisUrl)),
      ...childLeaks(),
    ];
    if (leaks.length === 0) return;
    if (performance.now() > endsAtMs) throw new Error(`This test file left open:\n${leaks.join("\n")}`);
    await sleep(50);
  }
}

async function databaseLeaks(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number; query: string }>(
      `SELECT pid, query FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    );
    return rows.map(({ pid, query }) => `PostgreSQL connection ${pid}, last query: ${query}`);
  } finally {
    await client.end();
  }
}

async function redisLeaks(url: string): Promise<string[]> {
  const client = new Redis(url);
  try {
    const own = await client.client("ID");
    const list = String(await client.client("LIST"))
      .trim()
      .split("\n");
    const database = new URL(url).pathname.slice(1);
    return list
      .filter((line) => line.includes(` db=${database} `) && !line.startsWith(`id=${own} `))
      .map((line) => `Redis connection ${line}`);
  } finally {
    client.disconnect();
  }
}

/** Linux only; elsewhere none are seen. */
function childLeaks(): string[] {
  try {
    const pids = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim();
    return pids === "" ? [] : pids.split(" ").map((pid) => `child process ${pid}: ${commandOf(pid)}`);
  } catch {
    return [];
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "it has just ended";
  }
}
