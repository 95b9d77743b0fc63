import type { UndoneReason } from "../contract/order.ts";
import type { ReservationState } from "../reservation/lifecycle.ts";
import { planRefunds } from "./plan-refunds.ts";
import type { Payment } from "./provider.ts";

/** What the ledger says of the order that a payment is for. */
export type OrderStanding =
  /** Its units are held, and the gate counts them. */
  | { readonly kind: "held" }
  /** This payment is what the order counts on: authorised, placed, confirmed, or units came back later. */
  | {
      readonly kind: "paid";
      readonly paymentId: string;
      readonly isConfirmed: boolean;
      /** What is to be given back of it, and what was. */
      readonly state: Pick<ReservationState, "refunds" | "outside" | "number">;
    }
  /** It ended without being paid for: expired, cancelled, rejected, failed. */
  | { readonly kind: "over" }
  /** Nobody knows whether a gate counts it, as while a gate is rebuilt. */
  | { readonly kind: "unknown" };

export type PaymentDecision =
  /** It is as it should be. */
  | { readonly do: "nothing" }
  /** Look again later. */
  | { readonly do: "wait" }
  /** Record that the order is paid for, by this attempt. */
  | { readonly do: "authorise" }
  /** Cancel it at the provider. */
  | { readonly do: "cancel"; readonly why: UndoneReason }
  /** Give money back that is due, or have the records told what was given back. */
  | { readonly do: "give_back" }
  /** Give all of it back. */
  | { readonly do: "refund"; readonly why: UndoneReason }
  /** The money that the order counted on is gone: say so to whoever keeps its state. */
  | { readonly do: "report_lost" };

/** What was asked for, as it was written down before the provider was called. */
export type AskedAmount = { readonly amountMinor: number; readonly currency: string };

/** Whether a payment is over what was asked for. */
export const isAsAsked = (asked: AskedAmount, payment: Pick<Payment, "amountMinor" | "currency">): boolean =>
  payment.amountMinor === asked.amountMinor && payment.currency === asked.currency;

/**
 * What is to be done about a payment, from what the provider has and what the ledger says. By rules alone; the same for
 * whoever looks, however often and in whichever order the messages came.
 */
export function decidePayment(
  standing: OrderStanding,
  asked: AskedAmount,
  payment: Payment,
): PaymentDecision {
  if (!isAsAsked(asked, payment)) return undo(payment, "wrong_amount");
  switch (standing.kind) {
    case "unknown":
      return payment.state === "cancelled" ? nothing : wait;
    case "held":
      return payment.state === "authorised" || payment.state === "captured"
        ? { do: "authorise" }
        : payment.state === "open"
          ? wait
          : nothing;
    case "paid":
      return standing.paymentId === payment.paymentId ? own(standing, payment) : undo(payment, "second");
    case "over":
      return undo(payment, "too_late");
    default:
      return standing satisfies never;
  }
}

const nothing: PaymentDecision = { do: "nothing" };
const wait: PaymentDecision = { do: "wait" };

/** The payment that the order counts on. */
function own(
  { isConfirmed, state }: Extract<OrderStanding, { kind: "paid" }>,
  payment: Payment,
): PaymentDecision {
  if (payment.state === "cancelled") return { do: "report_lost" };
  if (!isConfirmed) return wait;
  if (payment.state !== "captured") return nothing;
  const steps = planRefunds(state, payment);
  if (steps.length === 0) return nothing;
  return steps.every((step) => step.do === "wait") ? wait : { do: "give_back" };
}

/** Nothing stays authorised or captured for an order that does not count on it. */
function undo(payment: Payment, why: UndoneReason): PaymentDecision {
  switch (payment.state) {
    case "open":
    case "authorised":
      return { do: "cancel", why };
    case "captured":
      return payment.refundedMinor < payment.capturedMinor ? { do: "refund", why } : nothing;
    case "cancelled":
      return nothing;
    default:
      return payment.state satisfies never;
  }
}
