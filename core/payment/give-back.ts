import { faultPoint } from "../fault-point.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import { ask } from "./ask-provider.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import { planRefunds } from "./plan-refunds.ts";
import type { Payment } from "./provider.ts";
import { reportRefund } from "./report-capture.ts";

/**
 * Gives back what the ledger says is due, each time under a key of its own, and has the records told what the provider has.
 *
 * Each attempt is in the ledger before the provider is called. Killed anywhere, the next look finds at the provider what was
 * given, and goes on: nothing is given twice, and what was told twice is decided once. What the provider refuses is read
 * again first; only what it does not have then has failed.
 *
 * @throws ProviderSilent, or when the queue does not answer: the order stays among those that are open.
 */
export async function giveBack(
  deps: PaymentDependencies,
  entry: LedgerEntry,
  payment: Payment,
): Promise<Payment> {
  const { provider, open, clock } = deps;
  const { orderId, buyerId } = entry.reservation;
  await open.add({ orderId, buyerId }, clock.nowMs());
  const isOfOthers = planRefunds(entry.state, payment).some(
    (step) => step.do === "tell" && step.news.payment === "refunded_outside",
  );
  // What the ledger does not know may have failed before the ledger was read.
  let latest = isOfOthers ? await readAgain(deps, payment) : payment;
  for (const step of planRefunds(entry.state, latest)) {
    if (step.do !== "give") continue;
    const answer = await ask(provider.refund(payment, step.amountMinor, step.key));
    await faultPoint("payment_after_refunding");
    latest = answer.kind === "payment" ? answer.payment : await readAgain(deps, payment);
  }
  for (const step of planRefunds(entry.state, latest)) {
    if (step.do === "tell") await reportRefund(deps, entry, latest, step.news);
    // It was asked for just now, and the provider does not have it.
    if (step.do === "give")
      await reportRefund(deps, entry, latest, {
        payment: "refund_failed",
        attempt: step.attempt,
        why: "refused",
      });
  }
  return latest;
}

async function readAgain({ provider }: PaymentDependencies, { paymentId }: Payment): Promise<Payment> {
  const answer = await ask(provider.get(paymentId));
  if (answer.kind === "payment") return answer.payment;
  throw new Error(`the payment provider does not know ${paymentId}: ${answer.why}`);
}
