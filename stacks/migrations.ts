import { migrations } from "../core/topology.ts";
import type { Grants } from "./grants.ts";
import type { Network } from "./network.ts";
import { productFunction } from "./product-function.ts";

type Parts = { readonly network: Network; readonly grants: Grants };

/**
 * Migrates the database in the middle of a deploy: the function's code is uploaded, it runs, and every other function
 * waits for what it answers (see product-function.ts). If a migration fails, the deploy ends there and the old code goes
 * on serving. So a migration must suit the code before it, too.
 */
export function createMigrations({ network, grants }: Parts): $util.Output<string> | undefined {
  // `npm run dev` migrates the local database before it starts.
  if ($dev) return undefined;
  const world = { network, grants, schema: undefined };
  const migrate = new sst.aws.Function(
    "Migrations",
    productFunction(migrations, ["orders", "orders.owner"], world),
  );
  const run = new aws.lambda.Invocation("MigrationRun", {
    functionName: migrate.name,
    // Another bundle, another run; run twice, it changes nothing.
    input: $jsonStringify({ code: migrate.nodes.function.s3Key }),
  });
  return run.result.apply((result) => String(JSON.parse(result)));
}
