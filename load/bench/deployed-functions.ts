import { deployedHandlers } from "../../tests/support/deployed-handlers.ts";

/** Every function that is deployed: its name, such as `http/purchase`, and its handler, in the order of the alphabet. */
export const deployedFunctions: readonly (readonly [name: string, handler: string])[] = deployedHandlers
  .map((handler) => [handler.replace(/^functions\/|\.ts$/g, ""), handler] as const)
  .toSorted(([a], [b]) => (a < b ? -1 : 1));
