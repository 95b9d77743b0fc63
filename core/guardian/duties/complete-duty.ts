import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Warn } from "../../log.ts";
import type { Measure } from "../../metrics.ts";
import type { Payments } from "../../orders/ask-for-money.ts";
import type { Database } from "../../postgres/database.ts";
import { createThrottle } from "../throttle.ts";
import { uncapturedOrders } from "../uncaptured-orders.postgres.ts";
import type { Duty } from "./duty.ts";

/** An order that waits for its money for longer than this was forgotten by somebody. */
const FORGOTTEN_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 15_000;
const ASK_AGAIN_MS = 60_000;
const MOST_AT_ONCE = 500;

export type CompleteDependencies = {
  readonly db: Kysely<Database>;
  readonly payments: Payments;
  readonly clock: Clock;
  readonly measure: Measure;
  readonly warn: Warn;
};

/**
 * Has the money taken of orders that have been placed for a while and wait for it: whoever should have done so died, or the
 * provider was out of reach. It is asked what became of each, never guessed.
 */
export function completeDuty(deps: CompleteDependencies): Duty {
  const mayLook = createThrottle(deps.clock, LOOK_EVERY_MS);
  const mayAsk = createThrottle(deps.clock, ASK_AGAIN_MS);

  return async ({ sale: { saleId, payment } }) => {
    if (payment.kind === "none" || !mayLook(saleId)) return "next";
    const forgotten = await uncapturedOrders(deps.db, saleId, FORGOTTEN_AFTER_MS, MOST_AT_ONCE);
    if (forgotten.length > 0) deps.measure("UncapturedOrders", forgotten.length);
    for (const { orderId, buyerId, requestId } of forgotten)
      if (mayAsk(orderId)) await deps.payments.send({ task: "capture", saleId, orderId, buyerId, requestId });
    return "next";
  };
}
