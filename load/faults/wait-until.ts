import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 100;
const LIMIT_MS = 60_000;

/** Waits until something is so. @throws when it is not within a minute. */
export async function waitUntil(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const endsAtMs = performance.now() + LIMIT_MS;
  while (!(await isSo())) {
    if (performance.now() > endsAtMs) throw new Error(`not within ${LIMIT_MS / 1000} s: ${what}`);
    await sleep(LOOK_EVERY_MS);
  }
}
