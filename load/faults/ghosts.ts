import type { Fault, Stage } from "./fault.ts";
import { atPoint } from "./worker-control.ts";

const STOP_LIMIT_MS = 20_000;

/** Two purchases will stand still once the gate has reserved for them. */
export const stopBetweenGateAndLedger: NonNullable<Fault["prepare"]> = (cloud) =>
  cloud.workers.rearm("purchase", atPoint("purchase_after_reserve", "SIGSTOP", [1, 2]));

/** Purchases stopped at their fault point, known to their runner as frozen, so that it does not end them. */
export async function ghostsOf({ cloud }: Stage) {
  await cloud.workers.untilStopped("purchase", STOP_LIMIT_MS);
  const ghosts = cloud.workers.stopped("purchase");
  if (ghosts.length === 0) throw new Error("no purchase came to its fault point");
  for (const ghost of ghosts) ghost.freeze();
  return ghosts;
}
