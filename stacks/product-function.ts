import { type GrantName, sumOf } from "./grants.ts";
import { memoryMegabytes } from "./memory.ts";
import { reservedFor } from "./reserved-concurrency.ts";
import { stage } from "./stage.ts";
import type { World } from "./world.ts";

type Spec = { readonly handler: string; readonly timeLimitSeconds: number };
type Needs = Pick<World, "grants" | "network" | "schema">;

/** The arguments of one of the product's functions: its limits from core/topology.ts, and what it needs of the grants. */
export function productFunction(spec: Spec, needs: readonly GrantName[], world: Needs) {
  const concurrency = reservedFor(spec.handler);
  const { environment, secrets, permissions, securityGroups } = sumOf(world.grants, needs);
  return {
    handler: spec.handler.replace(/\.ts$/, ".handler"),
    timeout: `${spec.timeLimitSeconds} seconds`,
    memory: `${memoryMegabytes(spec.handler)} MB`,
    ...(concurrency && { concurrency }),
    link: [...secrets],
    permissions,
    environment: {
      STAGE: stage.kind,
      METRICS_NAMESPACE: stage.prefix,
      // Not read: it makes new code wait until the database has been migrated for it.
      ...(world.schema && { SCHEMA: world.schema }),
      ...environment,
    },
    // In `sst dev` the functions run on the developer's machine, whose network they need. Elsewhere, whoever uses a store
    // in the network reaches DynamoDB and SQS through its endpoints.
    ...(securityGroups.length > 0 &&
      world.network.functions && {
        vpc: {
          privateSubnets: world.network.vpc.privateSubnets,
          securityGroups: [...securityGroups, world.network.functions.id],
        },
      }),
  } satisfies sst.aws.FunctionArgs;
}
