import { canary } from "../core/topology.ts";
import { productFunction } from "./product-function.ts";
import { stage } from "./stage.ts";
import type { World } from "./world.ts";

/** Buys once each hour at the site's own address. Previews are bought from when they are deployed. */
export function createCanary(world: World): void {
  if (!stage.isProduction) return;
  const schedule = new sst.aws.CronV2("Canary", {
    schedule: `rate(${canary.everySeconds / 3_600} hour)`,
    function: productFunction(canary, ["site", "sessions"], world),
    // One that failed is told of, not tried again.
    retries: 0,
  });
  world.alarms.watchFunction("Canary", schedule.nodes.function);
  // Told of also where it does not run at all: an invocation an hour, or two hours' silence rings.
  world.alarms.watch("CanarySilent", {
    namespace: "AWS/Lambda",
    metricName: "Invocations",
    dimensions: { FunctionName: schedule.nodes.function.apply((one) => one.name) },
    statistic: "Sum",
    below: 1,
    everyMinutes: 60,
    minutes: 2,
    missing: "breaching",
  });
}
