import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { spawnTied } from "../spawn-tied.ts";
import { superviseStore } from "./store-process.ts";
import type { Store } from "./store.ts";

/** What a server file gets from its parent, as JSON in its first argument. */
export type ServerOptions = { readonly dataDir: string | null };

/**
 * Runs one of the servers written in JavaScript in its own Node process: it uses another core, and a fault test can kill
 * or freeze it. It ends itself when the channel to its parent closes, so it cannot outlive us.
 */
export async function startServerProcess(name: string, file: URL, options: ServerOptions): Promise<Store> {
  const args = ["--disable-warning=ExperimentalWarning", fileURLToPath(file), JSON.stringify(options)];
  const child = spawnTied(process.execPath, args, {
    deathSignal: "SIGTERM",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const supervised = superviseStore(name, child, { stopSignal: "SIGTERM", stopLimitMs: 3000 });
  const started = once(child, "message").then(([port]) => Number(port));
  const result = await Promise.race([started, supervised.crashed]);
  if (result instanceof Error) throw result;
  return { ...supervised, url: `http://127.0.0.1:${result}` };
}
