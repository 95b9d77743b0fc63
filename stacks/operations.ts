import { operations, smokeSessions } from "../core/topology.ts";
import { operationsNeeds } from "./function-needs.ts";
import { productFunction } from "./product-function.ts";
import type { World } from "./world.ts";

/** What operators invoke by hand, those whom IAM lets: their commands, run beside the stores, and the smoke purchase's sessions. */
export function createOperations(world: World) {
  const lambda = new sst.aws.Function("Operations", productFunction(operations, operationsNeeds, world));
  const sessions = new sst.aws.Function("SmokeSessions", productFunction(smokeSessions, ["sessions"], world));
  return { operations: lambda.name, smokeSessions: sessions.name };
}
