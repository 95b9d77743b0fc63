import { chunk } from "../dynamo/write-items.dynamo.ts";
import type { ReservationState } from "../reservation/lifecycle.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import { keyOf, type RefundPage } from "./provider.ts";

/** Orders looked up together. */
const TOGETHER = 25;

/**
 * Puts the orders on the list of which money was given back lately, by anybody: should a message have been lost, nobody else
 * hears of a refund that was made at the provider's own console.
 *
 * Page by page, and how far it came is kept with each: what there is no time for a later run reads on. What went wrong is read
 * again.
 */
export async function noticeRefunds(deps: PaymentDependencies, isTime: () => boolean): Promise<void> {
  const { provider, open, clock, warn } = deps;
  try {
    let look = await open.refundLook(clock.nowMs());
    while (isTime()) {
      const { refunds, next } = await provider.refundedSince(look.sinceMs, look.after);
      for (const together of chunk(refunds, TOGETHER))
        await Promise.all(together.map((refund) => notice(deps, refund)));
      look = { ...look, after: next };
      await open.keepRefundLook(look);
      if (next === null) return;
    }
  } catch (error) {
    warn("the provider's refunds could not be read", { error });
  }
}

/** An order is on the list before we give back what its payment took, and stays there until that is done. */
async function notice(
  { ledger, open, clock }: PaymentDependencies,
  refund: RefundPage["refunds"][number],
): Promise<void> {
  const { orderId, buyerId, key } = refund;
  if (key?.startsWith(`${orderId}:undo:`)) return;
  const entry = await ledger.get(orderId, buyerId);
  if (!isKnown(refund, entry?.state)) await open.add({ orderId, buyerId }, clock.nowMs());
}

/** The ledger has it as given, by us or elsewhere: nobody need look at it again. */
function isKnown(
  { orderId, key, refundId }: RefundPage["refunds"][number],
  { refunds = [], outside = [] }: Pick<ReservationState, "refunds" | "outside"> = {},
): boolean {
  return (
    outside.some(({ outsideId }) => outsideId === refundId) ||
    refunds.some(({ attempt, givenMinor }) => givenMinor > 0 && keyOf(orderId, "refund", attempt) === key)
  );
}
