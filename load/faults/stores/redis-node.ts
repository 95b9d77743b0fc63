import { mkdirSync } from "node:fs";
import { once } from "node:events";
import { Redis } from "ioredis";
import { freePort } from "../../../local/free-port.ts";
import { spawnTied } from "../../../local/spawn-tied.ts";
import { findRedisServer } from "../../../local/stores/find-redis-server.ts";
import { superviseStore } from "../../../local/stores/store-process.ts";

export type RedisNode = Awaited<ReturnType<typeof startRedisNode>>;

/**
 * A Redis that the fault matrix may kill and start again on its data. It writes no file by itself: what a new life knows
 * is the snapshot that a fault took, or nothing.
 */
export async function startRedisNode(folder: string, settings: Readonly<Record<string, string>> = {}) {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const all = { port: String(port), bind: "127.0.0.1", dir: folder, save: "", ...settings };
  const child = spawnTied(
    findRedisServer(),
    Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]),
    { deathSignal: "SIGKILL" },
  );
  const process = superviseStore("Redis", child, { stopSignal: "SIGTERM", stopLimitMs: 3_000 });
  const client = new Redis({ port, retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on("error", () => {});
  await Promise.race([client.ping(), process.crashed.then((error) => Promise.reject(error))]);
  return {
    port,
    folder,
    url: `redis://127.0.0.1:${port}`,
    /** Past every proxy. */
    client,
    async kill(): Promise<void> {
      client.disconnect();
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
    async stop(): Promise<void> {
      client.disconnect();
      await process.stop();
    },
  };
}
