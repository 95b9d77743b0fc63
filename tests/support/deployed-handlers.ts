import {
  consumers,
  httpFunction,
  httpNames,
  migrations,
  operations,
  schedules,
  smokeSessions,
} from "../../core/topology.ts";

/** The handler of every function that is deployed. */
export const deployedHandlers: readonly string[] = [
  ...httpNames.map(httpFunction),
  ...Object.values(consumers),
  ...Object.values(schedules),
  migrations,
  operations,
  smokeSessions,
].map(({ handler }) => handler);
