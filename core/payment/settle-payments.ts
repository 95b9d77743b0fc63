import type { BuyerId, OrderId } from "../ids.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import type { OpenedPayment } from "../reservation/payment-attempt.ts";
import { ask } from "./ask-provider.ts";
import { authorise } from "./decide-hold.ts";
import { decidePayment, type PaymentDecision } from "./decide-payment.ts";
import { giveBack } from "./give-back.ts";
import { standingOf } from "./order-standing.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import { keyOf, type Payment } from "./provider.ts";
import { reportLost } from "./report-capture.ts";

/** Steps that one payment can need: authorise, find the order over, read again, cancel, read again. */
const MOST_STEPS = 6;

export type SettledPayments = {
  /** The order as the ledger has it now; null: there is no such order. */
  readonly entry: LedgerEntry | null;
  readonly payments: readonly Payment[];
};

/**
 * Looks at every payment of an order at the provider, and does what the rules say, until nothing is left to do now.
 *
 * Attempts without a name are passed over: nobody was ever told where to pay them.
 *
 * @param mustEnd whether what is open is cancelled though the hold stands: it is due, or was given up.
 * @throws ProviderSilent, or when a store does not answer. Repeating it is right, at any point.
 */
export async function settlePayments(
  deps: PaymentDependencies,
  { orderId, buyerId }: { readonly orderId: OrderId; readonly buyerId: BuyerId },
  mustEnd = false,
): Promise<SettledPayments> {
  const entry = await deps.ledger.get(orderId, buyerId);
  const payments: Payment[] = [];
  for (const opened of entry?.payments ?? []) {
    if (opened.paymentId === null) continue;
    payments.push(await settleOne(deps, entry!, { ...opened, paymentId: opened.paymentId }, mustEnd));
  }
  // Unless there was something to settle, nothing has changed.
  return { entry: payments.length > 0 ? await deps.ledger.get(orderId, buyerId) : entry, payments };
}

type Named = OpenedPayment & { readonly paymentId: string };

async function settleOne(
  deps: PaymentDependencies,
  first: LedgerEntry,
  opened: Named,
  mustEnd: boolean,
): Promise<Payment> {
  const { orderId, buyerId } = first.reservation;
  let payment = await read(deps, opened);
  for (let step = 0; step < MOST_STEPS; step++) {
    const entry = (await deps.ledger.get(orderId, buyerId)) ?? first;
    const standing = await standingOf(deps, entry);
    const isToEnd = mustEnd && standing.kind === "held" && payment.state === "open";
    const todo: PaymentDecision = isToEnd
      ? { do: "cancel", why: "too_late" }
      : decidePayment(standing, opened, payment);
    const done = await act(deps, entry, { opened, payment, todo });
    if (done.isAtRest) return done.payment;
    payment = done.payment;
  }
  return payment;
}

const noteOpen = ({ open, clock }: PaymentDependencies, { reservation }: LedgerEntry) =>
  open.add({ orderId: reservation.orderId, buyerId: reservation.buyerId }, clock.nowMs());

type Done = { readonly payment: Payment; readonly isAtRest: boolean };
type Step = { readonly opened: Named; readonly payment: Payment; readonly todo: PaymentDecision };

/** Takes one step; unless nothing is left to do now, what came of it is to be decided upon anew. */
async function act(
  deps: PaymentDependencies,
  entry: LedgerEntry,
  { opened, payment, todo }: Step,
): Promise<Done> {
  switch (todo.do) {
    case "nothing":
    case "wait":
      return { payment, isAtRest: true };
    case "authorise":
      await authorise(deps, entry, payment);
      return { payment, isAtRest: false };
    case "report_lost":
      await reportLost(deps, entry, payment, "authorisation_lapsed");
      return { payment, isAtRest: true };
    case "give_back":
      return { payment: await giveBack(deps, entry, payment), isAtRest: true };
    case "cancel":
    case "refund":
      tell(deps, todo, payment);
      // Whoever completes tells the buyer of it: killed here, it is done and told all the same.
      if (payment.state !== "open") await noteOpen(deps, entry);
      return { payment: await undo(deps, opened, payment), isAtRest: false };
    default:
      return todo satisfies never;
  }
}

async function read(deps: PaymentDependencies, { paymentId }: Named): Promise<Payment> {
  const answer = await ask(deps.provider.get(paymentId));
  if (answer.kind === "payment") return answer.payment;
  throw new Error(`the payment provider does not know ${paymentId}: ${answer.why}`);
}

/**
 * Cancels, or gives back. What it was refused for is seen by reading again.
 * @throws when money that was taken stays taken: the order stays among those that are open, and somebody is told.
 */
async function undo({ provider, ...deps }: PaymentDependencies, opened: Named, payment: Payment) {
  const { orderId, attempt } = payment;
  const isCaptured = payment.state === "captured";
  const answer = await ask(
    isCaptured
      ? provider.refund(
          payment,
          payment.capturedMinor - payment.refundedMinor,
          keyOf(orderId, "undo", attempt),
        )
      : provider.cancel(payment),
  );
  if (answer.kind === "payment") return answer.payment;
  const after = await read({ provider, ...deps }, opened);
  if (isCaptured && after.refundedMinor < after.capturedMinor)
    throw new Error(`${after.paymentId} can't be given back: ${answer.why}`);
  return after;
}

function tell({ warn, measure }: PaymentDependencies, todo: PaymentDecision, payment: Payment): void {
  const { orderId, saleId, paymentId, state } = payment;
  if (!("why" in todo) || (state === "open" && todo.why !== "wrong_amount")) return;
  warn("a payment is given up", { orderId, saleId, paymentId, state, why: todo.why });
  measure(todo.why === "wrong_amount" ? "PaymentsOfWrongAmount" : "PaymentsGivenUp", 1);
}
