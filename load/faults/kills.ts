import { setTimeout as sleep } from "node:timers/promises";
import type { FaultCloud } from "./fault-cloud.ts";
import type { Stage } from "./fault.ts";
import { waitUntil } from "./wait-until.ts";

/** For the failure of a worker that was killed to be heard of. */
const HEARD_MS = 200;

/** How many workers of a handler have died by kill -9 in the middle of a request. */
const kills = (cloud: FaultCloud, handler: string): number =>
  cloud.errors.filter((error) => /signal SIGKILL/.test(String(error)) && String(error).includes(handler))
    .length;

export const hasKilled = (handler: string) => (cloud: FaultCloud) => kills(cloud, handler) > 0;

/** From here on at least one worker of the handler must die, or nothing was tested. @returns waits until one has. */
export async function mustKill({ cloud, alsoJudge }: Stage, handler: string): Promise<() => Promise<void>> {
  await sleep(HEARD_MS);
  const before = kills(cloud, handler);
  const hasDied = () => kills(cloud, handler) > before;
  alsoJudge(() => (hasDied() ? [] : [`${handler} was not killed: nothing was tested`]));
  return () => waitUntil(`${handler} is killed`, async () => hasDied());
}
