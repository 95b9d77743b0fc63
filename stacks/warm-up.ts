import type { Purchase } from "./api.ts";
import type { ScheduleParts } from "./schedules.ts";
import { stage } from "./stage.ts";

/**
 * Warms the purchase around openings. Sales are made while the stage runs, so what is warm is decided then: it is no
 * part of the deployed state, and a deploy leaves it as it is.
 */
export function warmUp(purchase: Purchase): ScheduleParts | null {
  // Functions of `sst dev` run on the developer's machine.
  if (!purchase) return null;
  const { lambda, alias } = purchase;
  return {
    environment: {
      PURCHASE_FUNCTION: lambda.name,
      PURCHASE_ALIAS: alias.name,
      WARM_ATTEMPTS_PER_SECOND: String(stage.warm.attemptsPerSecond),
      WARM_MOST: String(stage.warm.most),
    },
    permissions: [
      {
        actions: ["Get", "Put", "Delete"].map((verb) => `lambda:${verb}ProvisionedConcurrencyConfig`),
        resources: [alias.arn],
      },
      // To have them see to their connections before the crowd comes.
      { actions: ["lambda:InvokeFunction"], resources: [alias.arn] },
    ],
    // Requests beyond what is warm start cold, one by one.
    watch: ({ watch }) =>
      watch("PurchaseColdSpill", {
        namespace: "AWS/Lambda",
        metricName: "ProvisionedConcurrencySpilloverInvocations",
        dimensions: { FunctionName: lambda.name, Resource: $interpolate`${lambda.name}:live` },
        statistic: "Sum",
        above: 1_000,
        minutes: 2,
      }),
  };
}
