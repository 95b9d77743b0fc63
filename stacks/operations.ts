import { operations } from "../core/topology.ts";
import { operationsNeeds } from "./function-needs.ts";
import { productFunction } from "./product-function.ts";
import type { World } from "./world.ts";

/** The operators' commands, run beside the stores: `aws lambda invoke`, by those whom IAM lets. Nothing else calls it. */
export function createOperations(world: World): void {
  const lambda = new sst.aws.Function("Operations", productFunction(operations, operationsNeeds, world));
  world.alarms.watchFunction("Operations", lambda);
}
