import { fileURLToPath, pathToFileURL } from "node:url";
import { resolve } from "node:path";
import type { LambdaContext } from "./lambda-context.ts";

export type Handler = (event: unknown, context: LambdaContext) => unknown;

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Imports a module of the project by its path from the root. */
export const importFromRoot = (path: string): Promise<Record<string, unknown>> =>
  import(/* @vite-ignore */ pathToFileURL(resolve(root, path)).href) as Promise<Record<string, unknown>>;

/** Imports a function's handler. */
export async function loadHandler(path: string): Promise<Handler> {
  const { handler } = await importFromRoot(path);
  if (typeof handler !== "function") throw new Error(`${path} has no export named handler: add one.`);
  return handler as Handler;
}
