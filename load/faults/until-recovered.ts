import type { Stage } from "./fault.ts";
import { readRecoveries } from "./read-recoveries.postgres.ts";
import { waitUntil } from "./wait-until.ts";

/** Waits until so many recoveries of the sale have been recorded. @throws when they have not within a minute. */
export const untilRecovered = ({ cloud, crowd }: Stage, times = 1): Promise<void> =>
  waitUntil(
    `${crowd.saleId} was recovered ${times} times`,
    async () => (await readRecoveries(cloud.stores().databaseUrl, crowd.saleId)).length >= times,
  );
