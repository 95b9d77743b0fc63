import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Concurrency } from "../api-gateway/concurrency.ts";
import { allSettled } from "../all-settled.ts";
import type { HttpServer } from "../http-server.ts";
import { LocalError } from "../local-error.ts";
import type { Started, WorkerSettings } from "./api-worker.ts";

const hook = new URL("../lua-hook.mjs", import.meta.url).href;
const file = fileURLToPath(new URL("./api-worker.ts", import.meta.url));
const STOP_LIMIT_MS = 5_000;

export type ApiWorkersOptions = {
  readonly count: number;
  /** 0 takes a free one, the same for all. */
  readonly port: number;
  readonly host?: string | undefined;
  readonly concurrency?: Concurrency | undefined;
  readonly hasReadableLogs: boolean;
  /** Of every function. */
  readonly environment: Readonly<Record<string, string>>;
};

export type ApiWorkers = HttpServer & {
  readonly pids: readonly number[];
  /** Resolves if one of them ends by itself. */
  readonly crashed: Promise<Error>;
};

/**
 * Serves the API from several processes on one port, each with all functions of its own. They end with this process, even
 * by kill -9: each watches its channel to it.
 */
export async function startApiWorkers(options: ApiWorkersOptions): Promise<ApiWorkers> {
  const { count, port, host, concurrency, hasReadableLogs, environment } = options;
  const settings: WorkerSettings = { port, host, concurrency, hasReadableLogs };
  cluster.setupPrimary({ exec: file, execArgv: ["--import", hook], args: [JSON.stringify(settings)] });
  const workers = Array.from({ length: count }, () => cluster.fork(environment));
  const crashed = Promise.withResolvers<Error>();
  let isStopping = false;
  const ends = workers.map(async (worker) => {
    await once(worker, "exit");
    if (!isStopping) crashed.resolve(new Error("A process of the API has ended by itself."));
  });

  async function stop(): Promise<void> {
    isStopping = true;
    for (const worker of workers) if (worker.isConnected()) worker.send("stop");
    const ended = Promise.all(ends);
    await Promise.race([ended, sleep(STOP_LIMIT_MS, undefined, { ref: false })]);
    for (const worker of workers) if (!worker.isDead()) worker.process.kill("SIGKILL");
    await ended;
  }

  try {
    const [url = ""] = await allSettled(workers.map(urlOf));
    const pids = workers.map((worker) => worker.process.pid ?? 0);
    return { url, pids, crashed: crashed.promise, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where a worker serves. @throws LocalError with its reason why it does not. */
async function urlOf(worker: Worker): Promise<string> {
  const firstMessage = once(worker, "message").then(([message]) => message as Started);
  const ended = once(worker, "exit").then((): Started => ({
    failure: "A process of the API did not start.",
  }));
  const started = await Promise.race([firstMessage, ended]);
  if ("failure" in started) throw new LocalError(started.failure);
  return started.url;
}
