import { setTimeout as sleep } from "node:timers/promises";
import type { Stage } from "./fault.ts";
import { readRecoveries } from "./read-recoveries.postgres.ts";

const LOOK_EVERY_MS = 100;
const LIMIT_MS = 60_000;

/** Waits until so many recoveries of the sale have been recorded. @throws when they have not within a minute. */
export async function untilRecovered({ cloud, crowd }: Stage, times = 1): Promise<void> {
  const endsAtMs = performance.now() + LIMIT_MS;
  while ((await readRecoveries(cloud.stores().databaseUrl, crowd.saleId)).length < times) {
    if (performance.now() > endsAtMs)
      throw new Error(`${crowd.saleId} was not recovered ${times} times in time`);
    await sleep(LOOK_EVERY_MS);
  }
}
