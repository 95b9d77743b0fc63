import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { freePort } from "../free-port.ts";
import { LocalError } from "../local-error.ts";
import { externalStore } from "./external-store.ts";
import { POSTGRES_PASSWORD, preparePostgresFolder, unprivileged } from "./postgres-folder.ts";
import { postgresPrograms } from "./postgres-programs.ts";
import { spawnTied } from "../spawn-tied.ts";
import { stopLeftover } from "./stop-leftover.ts";
import { superviseStore } from "./store-process.ts";
import type { Store } from "./store.ts";

const START_LIMIT_MS = 15_000;

export type PostgresOptions = {
  readonly dataDir: string;
  readonly externalUrl?: string | undefined;
  /** False only where the data may be lost with the machine: tests. */
  readonly isDurable: boolean;
};

/** Starts PostgreSQL on loopback with its cluster in `dataDir`. The URL names the database `postgres`. */
export async function startPostgres(options: PostgresOptions): Promise<Store> {
  const { dataDir, externalUrl } = options;
  if (externalUrl)
    return externalStore({ name: "PostgreSQL", variable: "DATABASE_URL", url: externalUrl, ask: connects });
  const { initdb, postgres } = await postgresPrograms();
  mkdirSync(dirname(dataDir), { recursive: true });
  await preparePostgresFolder(dataDir, initdb);
  await stopLeftover(join(dataDir, "postmaster.pid"), dataDir, "SIGINT");
  const endsAtMs = Date.now() + START_LIMIT_MS;
  for (;;) {
    const port = await freePort();
    const child = spawnTied(postgres, postgresArguments(options, port), {
      deathSignal: "SIGINT",
      ...(unprivileged && { unprivileged }),
    });
    // SIGINT is PostgreSQL's fast shutdown.
    const supervised = superviseStore("PostgreSQL", child, { stopSignal: "SIGINT", stopLimitMs: 4000 });
    const url = `postgres://postgres:${POSTGRES_PASSWORD}@127.0.0.1:${port}/postgres`;
    const failure = await Promise.race([supervised.crashed, untilReady(url, endsAtMs)]);
    if (!failure) return { ...supervised, url };
    await supervised.stop();
    // Backends of a killed server take a moment to notice and let go of its shared memory.
    if (/shared memory block|lock file/.test(supervised.output()) && Date.now() < endsAtMs) await sleep(200);
    else
      throw new LocalError(
        `PostgreSQL could not start in ${dataDir}: ${failure.message} ${supervised.output().trim()} Start with --fresh, or set DATABASE_URL.`,
      );
  }
}

function postgresArguments({ dataDir, isDurable }: PostgresOptions, port: number): string[] {
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    shared_buffers: "64MB",
    wal_level: "minimal",
    max_wal_senders: 0,
    jit: "off",
    timezone: "UTC",
    ...(isDurable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return ["-D", dataDir, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

async function untilReady(url: string, endsAtMs: number): Promise<Error | undefined> {
  for (;;) {
    try {
      await connects(url);
      return undefined;
    } catch (error) {
      if (Date.now() > endsAtMs) return error as Error;
      await sleep(25);
    }
  }
}

async function connects(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
  } finally {
    await client.end().catch(() => {});
  }
}
