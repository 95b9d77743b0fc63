import type { LedgerEntry } from "../reservation/ledger.ts";
import { ask } from "./ask-provider.ts";
import { returnsOf } from "./order-standing.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import type { Payment } from "./provider.ts";

/**
 * Gives the money back of units that came back: for each time under a key of its event, however often and however late this
 * is repeated, and never more in all than is due. So what was given back at the provider's own console counts.
 *
 * @throws ProviderSilent, or when the provider refuses: the order stays among those that are open, and somebody is told.
 */
export async function giveBack(
  { provider, open, clock }: PaymentDependencies,
  entry: LedgerEntry,
  payment: Payment,
): Promise<Payment> {
  const { orderId, buyerId, quantity } = entry.reservation;
  await open.add({ orderId, buyerId }, clock.nowMs());
  const returns = returnsOf(entry).map(({ id, units }) => ({
    id,
    amountMinor: (payment.amountMinor / quantity) * units,
  }));
  const dueMinor = returns.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  let latest = payment;
  for (const { id, amountMinor } of returns) {
    const giveMinor = Math.min(amountMinor, dueMinor - latest.refundedMinor);
    if (giveMinor <= 0) break;
    const answer = await ask(provider.refund(payment, giveMinor, `${orderId}:refund:${id}`));
    if (answer.kind === "refused")
      throw new Error(`${giveMinor} of ${payment.paymentId} can't be given back: ${answer.why}`);
    latest = answer.payment;
  }
  if (latest.refundedMinor < dueMinor)
    throw new Error(`of ${payment.paymentId} ${latest.refundedMinor} came back, and ${dueMinor} are due`);
  return latest;
}
