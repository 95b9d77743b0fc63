import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import type { Warn } from "../log.ts";
import { forgetDelivered } from "./due-events.postgres.ts";
import { pump, type PumpDependencies } from "./pump.ts";

export type RunDependencies = PumpDependencies & {
  readonly clock: Clock;
  readonly warn: Warn;
};

const PAUSE_MS = 1_000;

/**
 * Pumps for so long, each second or at once while there is more. An error is told and the next second tries again.
 *
 * @param isBusy whether to go on: asked once, for a stage where nothing happens pays for one look a minute.
 */
export async function runWebhooks(
  deps: RunDependencies,
  { runMs, isBusy }: { readonly runMs: number; readonly isBusy: () => Promise<boolean> },
): Promise<void> {
  const endsAtMs = deps.clock.monotonicMs() + runMs;
  await deps.db.transaction().execute((trx) => forgetDelivered(trx, new Date(deps.clock.nowMs())));
  for (let isFirst = true; ; isFirst = false) {
    const hasMore = await pumpOnce(deps);
    if (deps.clock.monotonicMs() >= endsAtMs) return;
    if (isFirst && !hasMore && !(await isBusy())) return;
    if (!hasMore) await sleep(PAUSE_MS);
  }
}

async function pumpOnce(deps: RunDependencies): Promise<boolean> {
  try {
    return await pump(deps);
  } catch (error) {
    deps.warn("webhooks could not be sent", { error });
    return false;
  }
}
