import {
  consumers,
  httpFunction,
  httpNames,
  migrations,
  operations,
  schedules,
  smokeSessions,
} from "../../core/topology.ts";

const handlers = [
  ...httpNames.map(httpFunction),
  ...Object.values(consumers),
  ...Object.values(schedules),
  migrations,
  operations,
  smokeSessions,
].map(({ handler }) => handler);

/** Every function that is deployed: its name, such as `http/purchase`, and its handler, in the order of the alphabet. */
export const deployedFunctions: readonly (readonly [name: string, handler: string])[] = handlers
  .map((handler) => [handler.replace(/^functions\/|\.ts$/g, ""), handler] as const)
  .toSorted(([a], [b]) => (a < b ? -1 : 1));
