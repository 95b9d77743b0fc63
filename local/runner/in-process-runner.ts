import { existsSync } from "node:fs";
import { LambdaContext } from "./lambda-context.ts";
import { type Handler, importFromRoot, loadHandler } from "./load-handler.ts";
import { FunctionFailed, type FunctionSpec, FunctionTimedOut, type Runner } from "./runner.ts";
import { TimeLimit } from "./time-limit.ts";

const CLIENTS = "core/opened.ts";

/**
 * Runs every function in this process, concurrently: quick, and easy to debug. How many at once is the gateway's to bound.
 *
 * Functions read `process.env` when they are first imported, so one process can hold one such runner. Unlike Lambda, a
 * function that runs out of time is answered for, but keeps running.
 */
export function inProcessRunner(environment: Readonly<Record<string, string>>): Runner {
  Object.assign(process.env, environment);
  const loadings = new Map<string, Promise<Handler>>();
  const handlers = new Map<string, Handler>();
  const limits = new Map<number, TimeLimit>();

  async function loadFor(spec: FunctionSpec): Promise<Handler> {
    let loading = loadings.get(spec.handler);
    if (!loading) loadings.set(spec.handler, (loading = loadHandler(spec.handler)));
    try {
      const handler = await loading;
      handlers.set(spec.handler, handler);
      return handler;
    } catch (error) {
      throw new FunctionFailed(spec, error);
    }
  }

  function limitOf({ timeLimitSeconds }: FunctionSpec): TimeLimit {
    let limit = limits.get(timeLimitSeconds);
    if (!limit) limits.set(timeLimitSeconds, (limit = new TimeLimit(timeLimitSeconds * 1000)));
    return limit;
  }

  /** As on Lambda, loading does not count against the time limit of the request that has to wait for it. */
  async function invoke(spec: FunctionSpec, event: unknown): Promise<unknown> {
    const handler = handlers.get(spec.handler) ?? (await loadFor(spec));
    const limit = limitOf(spec);
    return new Promise((resolve, reject) => {
      const limited = limit.begin(() => reject(new FunctionTimedOut(spec)));
      run(handler, spec, event, limit.limitMs).then(
        (answer) => {
          limit.end(limited);
          resolve(answer);
        },
        (error: unknown) => {
          limit.end(limited);
          reject(new FunctionFailed(spec, error));
        },
      );
    });
  }

  async function stop(): Promise<void> {
    for (const limit of limits.values()) limit.stop();
    await closeClients();
  }

  return { invoke, stop };
}

/** A handler that throws at once fails as one that rejects. */
const run = async (handler: Handler, spec: FunctionSpec, event: unknown, limitMs: number): Promise<unknown> =>
  handler(event, new LambdaContext(spec.handler, limitMs));

async function closeClients(): Promise<void> {
  if (!existsSync(new URL(`../../${CLIENTS}`, import.meta.url))) return;
  const clients = await importFromRoot(CLIENTS);
  if (typeof clients["closeClients"] === "function") await (clients["closeClients"] as () => Promise<void>)();
}
