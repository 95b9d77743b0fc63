import type { LedgerEntry } from "../reservation/ledger.ts";
import { ask } from "./ask-provider.ts";
import { returnsOf } from "./order-standing.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import type { Payment } from "./provider.ts";

/**
 * Gives the money back of units that came back: once for each time, under a key of its event, however often and however late
 * this is repeated.
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
  let latest = payment;
  for (const { id, units } of returnsOf(entry)) {
    const amountMinor = (payment.amountMinor / quantity) * units;
    const answer = await ask(provider.refund(payment, amountMinor, `${orderId}:refund:${id}`));
    if (answer.kind === "refused")
      throw new Error(`${amountMinor} of ${payment.paymentId} can't be given back: ${answer.why}`);
    latest = answer.payment;
  }
  return latest;
}
