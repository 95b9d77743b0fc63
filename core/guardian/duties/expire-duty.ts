import type { Clock } from "../../clock.ts";
import type { GateContents } from "../../gate/gate-contents.redis.ts";
import type { Hold } from "../../gate/holds.ts";
import type { SaleId } from "../../ids.ts";
import { consumers } from "../../topology.ts";
import { createThrottle } from "../throttle.ts";
import { endHold, type EndHoldDependencies } from "../end-hold.ts";
import type { Duty } from "./duty.ts";

/** A payment that was made in the last moment gets here before the hold is ended. */
export const HOLD_GRACE_MS = 5_000;
/** Most holds in one look; the others wait for the next. */
const MOST_AT_ONCE = 500;
const AT_ONCE = 16;
/** The consumer has so long to place a hold that is paid for before its message is sent again. */
const SEND_AGAIN_MS = 20_000;
/** A message to the payment worker is tried again after so long: another would only wait beside it while the provider is silent. */
const ASK_AGAIN_MS = consumers.paymentWorker.visibilityTimeoutSeconds * 1_000;

export type ExpireDependencies = EndHoldDependencies & {
  readonly contents: Pick<GateContents, "dueHolds">;
  readonly clock: Clock;
};

/**
 * Ends the holds whose time is over, also while the sale is paused or has ended. The gate's list of holds is the list of
 * what is to be done: a hold leaves it only once it was ended, or its order has a row. So after any outage, of the guardian
 * or of the payment provider, what is left over is just what is still in the list.
 */
export function expireDuty(deps: ExpireDependencies): Duty {
  const maySend = createThrottle(deps.clock, SEND_AGAIN_MS);
  const mayAsk = createThrottle(deps.clock, ASK_AGAIN_MS);

  return async ({ sale, view }) => {
    const untilMs = view.nowMs - HOLD_GRACE_MS;
    if (view.firstDueMs === null || view.firstDueMs > untilMs) return "next";
    const due = await deps.contents.dueHolds(sale.saleId, untilMs, MOST_AT_ONCE);
    // After a recovery, one that was paid for is due at once, which is no delay.
    const oldest = due.find(({ dueMs }) => dueMs > 0);
    if (oldest) deps.measure("OverdueHoldMs", view.nowMs - oldest.dueMs);
    for (let i = 0; i < due.length; i += AT_ONCE)
      await Promise.all(due.slice(i, i + AT_ONCE).map((hold) => end(sale.saleId, hold)));
    return "next";
  };

  async function end(saleId: SaleId, hold: Hold): Promise<void> {
    try {
      await endHold(deps, saleId, hold, {
        send: () => maySend(hold.orderId),
        ask: () => mayAsk(hold.orderId),
      });
    } catch (error) {
      deps.warn("a hold was not ended", { saleId, orderId: hold.orderId, error });
    }
  }
}
