import { productMetric } from "./product-metric.ts";
import type { ScheduleParts } from "./schedules.ts";

/** Fetches the public beacon's rounds; in no network, since ours has no way out to the relays. */
export const beacon: ScheduleParts = {
  // The next minute is the retry.
  settings: { retries: 0, enabled: !$dev },
  watch: ({ watch }) => watch("BeaconLate", { ...productMetric("BeaconLateMs"), above: 60_000 }),
};
