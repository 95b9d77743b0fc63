import { faultPoint } from "../fault-point.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import { ask } from "./ask-provider.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import type { Payment } from "./provider.ts";
import { reportCaptured, reportLost } from "./report-capture.ts";

/**
 * Takes the money of a placed order, once, and reports what came of it. Nothing happens to an order in any other state.
 *
 * The provider is read first and after each refusal: what it has is what counts, not what a call was answered.
 *
 * @throws ProviderSilent, or when the queue does not answer. Repeating it is right: what is captured is not captured again.
 */
export async function capturePayment(deps: PaymentDependencies, entry: LedgerEntry): Promise<void> {
  const { kind, payment: authorised } = entry.state;
  if (kind !== "placed" || !authorised) return;
  const before = await readPayment(deps, authorised.paymentId);
  if (before.state !== "authorised") return reportState(deps, entry, before);
  const answer = await ask(deps.provider.capture(before));
  await faultPoint("payment_after_capturing");
  if (answer.kind === "payment") return reportState(deps, entry, answer.payment);
  const after = await readPayment(deps, authorised.paymentId);
  if (after.state !== "authorised") return reportState(deps, entry, after);
  if (answer.why !== "declined") throw new Error(`capturing ${after.paymentId} was refused: ${answer.why}`);
  return letGo(deps, entry, after);
}

async function readPayment({ provider }: PaymentDependencies, paymentId: string): Promise<Payment> {
  const answer = await ask(provider.get(paymentId));
  if (answer.kind === "payment") return answer.payment;
  throw new Error(`the payment provider does not know ${paymentId}: ${answer.why}`);
}

async function reportState(deps: PaymentDependencies, entry: LedgerEntry, payment: Payment): Promise<void> {
  switch (payment.state) {
    case "captured":
      return reportCaptured(deps, entry, payment);
    case "cancelled":
      return reportLost(deps, entry, payment, "authorisation_lapsed");
    case "open":
    case "authorised":
      throw new Error(`${payment.paymentId} is ${payment.state}, and its order is placed`);
    default:
      return payment.state satisfies never;
  }
}

/** Before the order fails, nothing of its money may stay reserved. */
async function letGo(deps: PaymentDependencies, entry: LedgerEntry, payment: Payment): Promise<void> {
  const answer = await ask(deps.provider.cancel(payment));
  if (answer.kind === "refused") throw new Error(`${payment.paymentId} can't be let go: ${answer.why}`);
  return reportLost(deps, entry, payment, "capture_refused");
}
