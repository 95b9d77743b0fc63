import { createThrottle } from "../throttle.ts";
import { owingOrders } from "../due-refunds.postgres.ts";
import type { CompleteDependencies } from "./complete-duty.ts";
import type { Duty } from "./duty.ts";

/** Money that is owed for longer than this was forgotten by somebody, or waits for a bank. */
const FORGOTTEN_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 15_000;
/** A bank takes days, and asking again costs a look at the provider: those who reach it look by themselves too. */
const ASK_AGAIN_MS = 10 * 60_000;
const MOST_AT_ONCE = 500;

/**
 * Has money given back that is owed for a while: whoever should have done so died before the provider was asked. It is asked
 * what it has, never guessed.
 */
export function refundDuty(deps: CompleteDependencies): Duty {
  const mayLook = createThrottle(deps.clock, LOOK_EVERY_MS);
  const mayAsk = createThrottle(deps.clock, ASK_AGAIN_MS);

  return async ({ sale: { saleId, payment } }) => {
    if (payment.kind === "none" || !mayLook(saleId)) return "next";
    const owing = await owingOrders(deps.db, saleId, FORGOTTEN_AFTER_MS, MOST_AT_ONCE);
    if (owing.length > 0) deps.measure("OwingOrders", owing.length);
    for (const { orderId, buyerId, requestId } of owing)
      if (mayAsk(orderId)) await deps.payments.send({ task: "refund", saleId, orderId, buyerId, requestId });
    return "next";
  };
}
