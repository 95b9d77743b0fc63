import { guardian } from "../core/topology.ts";
import { guardianNeeds } from "./function-needs.ts";
import { productFunction } from "./product-function.ts";
import { productMetric } from "./product-metric.ts";
import type { World } from "./world.ts";

/** Each minute a guardian, which looks after the sales for that minute; two at once agree by a lease. */
export function createGuardian(world: World): void {
  const schedule = new sst.aws.CronV2("Guardian", {
    schedule: `rate(${guardian.everySeconds / 60} minute)`,
    function: productFunction(guardian, guardianNeeds, world),
    // The next minute is the retry. In `sst dev` it would keep a laptop busy: start it from the console when needed.
    retries: 0,
    enabled: !$dev,
  });
  const { watch, watchFunction } = world.alarms;
  watchFunction("Guardian", schedule.nodes.function);
  const sum = { statistic: "Sum" } as const;
  watch("GuardianSilent", {
    ...productMetric("GuardianHeartbeat"),
    ...sum,
    below: 1,
    minutes: 3,
    missing: "breaching",
    inPreviews: true,
  });
  // The relay acts after two seconds: older than a minute, it cannot.
  watch("OutboxOld", { ...productMetric("OutboxAgeMs"), above: 60_000, minutes: 2, inPreviews: true });
  watch("StoresDrift", { ...productMetric("DriftUnits"), above: 0, minutes: 2, inPreviews: true });
  watch("GateRecovered", { ...productMetric("Recoveries"), ...sum, above: 0 });
}
