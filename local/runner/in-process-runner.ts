import { existsSync } from "node:fs";
import { LambdaContext } from "./lambda-context.ts";
import { type Handler, importFromRoot, loadHandler } from "./load-handler.ts";
import { FunctionFailed, type FunctionSpec, FunctionTimedOut, type Runner } from "./runner.ts";

const CLIENTS = "core/clients.ts";

/**
 * Runs every function in this process, concurrently: quick, and easy to debug.
 *
 * Functions read `process.env` when they are first imported, so one process can hold one such runner. Unlike Lambda, a
 * function that runs out of time is answered for, but keeps running.
 */
export function inProcessRunner(environment: Readonly<Record<string, string>>): Runner {
  Object.assign(process.env, environment);
  const handlers = new Map<string, Promise<Handler>>();

  async function invoke(spec: FunctionSpec, event: unknown): Promise<unknown> {
    let loading = handlers.get(spec.handler);
    if (!loading) handlers.set(spec.handler, (loading = loadHandler(spec.handler)));
    const timeLimitMs = spec.timeLimitSeconds * 1000;
    let timer: NodeJS.Timeout | undefined;
    const timedOut = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new FunctionTimedOut(spec)), timeLimitMs);
    });
    const run = async () => (await loading)(event, new LambdaContext(spec.handler, timeLimitMs));
    try {
      return await Promise.race([run(), timedOut]);
    } catch (error) {
      throw error instanceof FunctionTimedOut ? error : new FunctionFailed(spec, error);
    } finally {
      clearTimeout(timer);
    }
  }

  return { invoke, stop };
}

async function stop(): Promise<void> {
  if (!existsSync(new URL(`../../${CLIENTS}`, import.meta.url))) return;
  const { closeClients } = await importFromRoot(CLIENTS);
  if (typeof closeClients === "function") await (closeClients as () => Promise<void>)();
}
