import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 100;
const LIMIT_MS = 60_000;

/** Waits until something is so. @throws when it is not within the limit, a minute unless another is given. */
export async function waitUntil(
  what: string,
  isSo: () => Promise<boolean>,
  limitMs = LIMIT_MS,
  everyMs = LOOK_EVERY_MS,
): Promise<void> {
  const endsAtMs = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > endsAtMs) throw new Error(`not within ${limitMs / 1000} s: ${what}`);
    await sleep(everyMs);
  }
}
