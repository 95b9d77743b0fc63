import { productMetric } from "./product-metric.ts";
import type { ScheduleParts } from "./schedules.ts";

/** Each minute a guardian, which looks after the sales for that minute; two at once agree by a lease. */
export const guardian: ScheduleParts = {
  // The next minute is the retry. In `sst dev` it would keep a laptop busy: start it from the console when needed.
  settings: { retries: 0, enabled: !$dev },
  watch: ({ watch }) => {
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
    // Five seconds of grace, and one look: longer than this, whoever reaches the payment provider gets no answer.
    watch("HoldsOverdue", { ...productMetric("OverdueHoldMs"), above: 600_000, minutes: 2 });
    // Each has waited for a minute before it counts, and is asked about again each minute.
    watch("OrdersUncaptured", { ...productMetric("UncapturedOrders"), above: 0, minutes: 10 });
    watch("OrdersOutsideLine", { ...productMetric("OrdersOutsideLine"), above: 0 });
    watch("GateRecovered", { ...productMetric("Recoveries"), ...sum, above: 0 });
  },
};
