import { setTimeout as sleep } from "node:timers/promises";
import type { LineCheck, Stage } from "./fault.ts";

/** Longer than units that came back to a sold-out sale wait, and than an instance says "sold out" from memory. */
const ON_SALE_AGAIN_MS = 3_000;
const LATE_BUYERS = 60;

/** Sends buyers for what came back to a sale: at rest, not a unit that is on sale may be left. */
export async function sellTheRest({ crowd, alsoJudge }: Stage): Promise<void> {
  await sleep(ON_SALE_AGAIN_MS);
  crowd.come(LATE_BUYERS);
  alsoJudge(nothingLeft);
}

const nothingLeft: LineCheck = ({ facts: { gate } }) =>
  gate.stock.available === 0 ? [] : [`${gate.stock.available} units are on sale that buyers came for`];
