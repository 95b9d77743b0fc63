import { startStopwatch } from "../clock.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import type { MailQueue } from "../mail/mail-queue.sqs.ts";
import { undoneMail } from "../mail/order-mail.ts";
import { ProviderSilent } from "./ask-provider.ts";
import { capturePayment } from "./capture-payment.ts";
import type { OpenOrder } from "./open-payments.dynamo.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import { noticeRefunds } from "./notice-refunds.ts";
import { planRefunds } from "./plan-refunds.ts";
import type { Payment } from "./provider.ts";
import { isGivenBack, undonePayments } from "./undone-payments.ts";
import { settlePayments } from "./settle-payments.ts";

/** What is younger is under way. */
const LEAST_AGE_MS = 60_000;
/** Orders looked at together: a fraction of what the provider lets through in a second. */
const TOGETHER = 8;
/** A bank takes days to say whether it takes a refund. */
const LOOK_AT_BANKS_MS = 3_600_000;
/** And who tells buyers of payments that were undone. */
export type CompleterDependencies = PaymentDependencies & { readonly mails: Pick<MailQueue, "sendAll"> };

/** Of the time, for what is known; the rest is for what is not known yet. */
const SHARE = 0.75;

/**
 * Takes up whatever stands between two steps for longer than a minute: asks the provider, does what the rules say, and
 * sends on what was decided and perhaps never sent.
 *
 * Only then it reads what was given back elsewhere: what is known already never waits for it.
 *
 * @param longestMs after which the rest is left to the next run.
 * @returns how many orders are open still.
 */
export async function completePayments(deps: CompleterDependencies, longestMs: number): Promise<number> {
  const passedMs = startStopwatch(deps.clock);
  const nowMs = deps.clock.nowMs();
  const all = await deps.open.all();
  const due = all
    .filter(({ openedAtMs, waitUntilMs = 0 }) => nowMs - openedAtMs >= LEAST_AGE_MS && waitUntilMs <= nowMs)
    .toSorted((a, b) => a.openedAtMs - b.openedAtMs);
  let ended = 0;
  let unsettledMs = 0;
  for (let i = 0; i < due.length && passedMs() < longestMs * SHARE; i += TOGETHER) {
    const together = due.slice(i, i + TOGETHER);
    const results = await Promise.all(together.map((order) => complete(deps, order)));
    ended += results.filter((result) => result === "ended").length;
    const unsettled = together.filter((_, index) => results[index] === "unsettled");
    unsettledMs = Math.max(unsettledMs, ...unsettled.map(({ openedAtMs }) => nowMs - openedAtMs));
    // One that hears nothing may have a reason of its own; a whole group has none.
    if (results.every((result) => result === "silent")) break;
  }
  deps.measure("OpenPayments", all.length - ended);
  deps.measure("UnsettledMoneyMs", unsettledMs);
  await noticeRefunds(deps, () => passedMs() < longestMs);
  return all.length - ended;
}

/**
 * held: its buyer may pay still. waiting: a bank takes its time. unsettled: it ended or was paid for, and its money is not where
 * it belongs.
 */
type Completed = "ended" | "held" | "waiting" | "unsettled" | "silent";

/** One that fails holds up none of the others. */
async function complete(deps: CompleterDependencies, order: OpenOrder): Promise<Completed> {
  try {
    const { entry, payments } = await settlePayments(deps, order);
    if (entry) await carryOn(deps, entry);
    if (entry && !isAtRest(entry, payments)) {
      const isWaiting = waitsForBanks(entry, payments);
      if (isWaiting) await deps.open.wait(order, deps.clock.nowMs() + LOOK_AT_BANKS_MS);
      if (entry.state.kind === "held") return "held";
      return isWaiting ? "waiting" : "unsettled";
    }
    if (entry) await tellOfUndone(deps, entry, payments);
    await deps.open.remove(order.orderId);
    return "ended";
  } catch (error) {
    deps.warn("a payment could not be completed", { orderId: order.orderId, error });
    if (!(error instanceof ProviderSilent)) return "unsettled";
    deps.measure("PaymentProviderSilent", 1);
    return "silent";
  }
}

/** Before the order leaves the list: killed between the two, it is told again, and the mail's mark lets one go out. */
async function tellOfUndone(
  { mails }: CompleterDependencies,
  entry: LedgerEntry,
  payments: readonly Payment[],
): Promise<void> {
  const undone = undonePayments(entry, payments);
  if (undone.length > 0) await mails.sendAll(undone.map((payment) => undoneMail(entry.reservation, payment)));
}

/** Sends on what may never have been sent: the consumer decides on it once. */
async function carryOn(deps: PaymentDependencies, entry: LedgerEntry): Promise<void> {
  if (entry.state.kind === "placed") return capturePayment(deps, entry);
  const { reservation, state, history = [] } = entry;
  if (state.number === 1) await deps.orders.sendDecided(reservation, history);
}

const OVER: readonly string[] = ["failed", "rejected", "expired", "cancelled"];

/** Nothing more can become of the order or its payments without somebody asking for it. */
export function isAtRest({ state }: Pick<LedgerEntry, "state">, payments: readonly Payment[]): boolean {
  if (["held", "authorised", "placed"].includes(state.kind)) return false;
  const isOver = OVER.includes(state.kind);
  return payments.every((payment) => {
    if (payment.state === "cancelled") return true;
    if (payment.state !== "captured") return false;
    const isOwn = !isOver && payment.paymentId === state.payment?.paymentId;
    return isOwn ? planRefunds(state, payment).length === 0 : isGivenBack(payment);
  });
}

/** All that is left is for banks to say whether they take what was given back. */
export function waitsForBanks({ state }: Pick<LedgerEntry, "state">, payments: readonly Payment[]): boolean {
  if (["held", "authorised", "placed"].includes(state.kind)) return false;
  return payments.every((payment) => {
    if (isAtRest({ state }, [payment])) return true;
    if (payment.state !== "captured") return false;
    const isOwn = payment.paymentId === state.payment?.paymentId && !OVER.includes(state.kind);
    if (isOwn) return planRefunds(state, payment).every((step) => step.do === "wait");
    return payment.refundedMinor >= payment.capturedMinor;
  });
}
