import { setTimeout as sleep } from "node:timers/promises";

const LIMIT_MS = 10_000;

/** Waits until a condition holds. @throws naming it when it does not in time: within ten seconds unless said otherwise. */
export async function waitFor(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  limitMs = LIMIT_MS,
): Promise<void> {
  const endsAtMs = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > endsAtMs) throw new Error(`did not happen in time: ${what}`);
    await sleep(10);
  }
}
