import { warmUp } from "../core/topology.ts";
import type { Purchase } from "./api.ts";
import { productFunction } from "./product-function.ts";
import { stage } from "./stage.ts";
import type { World } from "./world.ts";

/**
 * Warms the purchase around openings. Sales are made while the stage runs, so what is warm is decided then: it is no
 * part of the deployed state, and a deploy leaves it as it is.
 */
export function createWarmUp(world: World, purchase: Purchase): void {
  // Functions of `sst dev` run on the developer's machine.
  if (!purchase) return;
  const { lambda, alias } = purchase;
  const base = productFunction(warmUp, ["ledger.read"], world);
  const schedule = new sst.aws.CronV2("WarmUp", {
    schedule: `rate(${warmUp.everySeconds / 60} minute)`,
    function: {
      ...base,
      environment: {
        ...base.environment,
        PURCHASE_FUNCTION: lambda.name,
        PURCHASE_ALIAS: alias.name,
        WARM_ATTEMPTS_PER_SECOND: String(stage.warm.attemptsPerSecond),
        WARM_MOST: String(stage.warm.most),
      },
      permissions: [
        ...base.permissions,
        {
          actions: ["Get", "Put", "Delete"].map((verb) => `lambda:${verb}ProvisionedConcurrencyConfig`),
          resources: [alias.arn],
        },
      ],
    },
  });
  world.alarms.watchFunction("WarmUp", schedule.nodes.function);
  // Requests beyond what is warm start cold, one by one.
  world.alarms.watch("PurchaseColdSpill", {
    namespace: "AWS/Lambda",
    metricName: "ProvisionedConcurrencySpilloverInvocations",
    dimensions: { FunctionName: lambda.name, Resource: $interpolate`${lambda.name}:live` },
    statistic: "Sum",
    above: 1_000,
    minutes: 2,
  });
}
