import type { ScheduleParts } from "./schedules.ts";

/** Tells the entrants of draws what came of their entries; in no network, since it needs none of ours. */
export const drawResults: ScheduleParts = {
  // The next minute is the retry.
  settings: { retries: 0, enabled: !$dev },
};
