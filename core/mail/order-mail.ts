import * as v from "valibot";
import { buyerId, orderId, saleId } from "../contract/ids.ts";
import { failureReasons, rejectionReasons, undoneReasons } from "../contract/order.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { stateOf } from "../reservation/state-of.ts";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

const ofOrder = {
  orderId,
  saleId,
  buyerId,
  /** Of the event that the mail tells of: an order has one mail for each. */
  number: whole,
  quantity: whole,
  place: whole,
  reservedAtMs: whole,
  requestId: v.string(),
};

/** What a buyer is told of their order by mail; the words are put around it when it is sent. */
export const orderMail = v.variant("kind", [
  v.object({ ...ofOrder, kind: v.literal("confirmed") }),
  v.object({ ...ofOrder, kind: v.literal("rejected"), reason: v.picklist(rejectionReasons) }),
  /** It was paid for, and its money will never come: none was taken, and the units are back on sale. */
  v.object({ ...ofOrder, kind: v.literal("failed"), why: v.picklist(failureReasons) }),
  /** The merchant took units back: so many, and so many are left. */
  v.object({
    ...ofOrder,
    kind: v.literal("returned"),
    units: whole,
    unitsLeft: whole,
    paidBackMinor: v.optional(whole),
  }),
  /** The buyer has withdrawn from so many units: it was received then, and so much goes back. */
  v.object({
    ...ofOrder,
    kind: v.literal("withdrawn"),
    units: whole,
    unitsLeft: whole,
    receivedAtMs: whole,
    paidBackMinor: v.optional(whole),
  }),
  /** A withdrawal that was received then is not accepted. */
  v.object({
    ...ofOrder,
    kind: v.literal("withdrawal_refused"),
    receivedAtMs: whole,
    why: v.picklist(["withdrawal_over", "withdrawal_excepted", "too_many_units", "not_confirmed"]),
  }),
  /** So much was given back. */
  v.object({ ...ofOrder, kind: v.literal("refunded"), amountMinor: whole }),
  /**
   * A payment that the order does not count on is undone at the provider: so much was taken, and is given back in full. Nothing was
   * taken: what was reserved is let go. It tells of no event: its number is that of the attempt to pay.
   */
  v.object({
    ...ofOrder,
    kind: v.literal("payment_undone"),
    why: v.picklist(undoneReasons),
    takenMinor: whole,
    currency: v.string(),
  }),
  /** Nobody has paid so far, and the units are held until then. It tells of no event: its number is 0. */
  v.object({ ...ofOrder, kind: v.literal("hold_ending"), heldUntilMs: whole }),
]);
export type OrderMail = v.InferOutput<typeof orderMail>;

/** Whoever reads a mail needs so long to act upon it. */
export const LEAST_TO_ACT_MS = 20_000;

/** The marks of mails are kept for longer than that: what is looked at again later is told to nobody twice. */
const TELL_OF_PAYMENTS_MS = 45 * 24 * 3_600_000;

/** Whether a mail has nothing to say any more, since it was sent too late. */
export function isOutOfDate(mail: OrderMail, nowMs: number): boolean {
  if (mail.kind === "payment_undone") return nowMs > mail.reservedAtMs + TELL_OF_PAYMENTS_MS;
  return mail.kind === "hold_ending" && nowMs > mail.heldUntilMs - LEAST_TO_ACT_MS;
}

/** Warns a buyer of a hold that ends soon; null: it is no hold. */
export function holdMail(reservation: Reservation): OrderMail | null {
  const { heldUntilMs } = reservation;
  return heldUntilMs === undefined
    ? null
    : { ...orderOf(reservation), kind: "hold_ending", number: 0, heldUntilMs };
}

const orderOf = (reservation: Reservation) => {
  const { orderId: id, saleId: sale, buyerId: buyer, quantity, place, reservedAtMs, requestId } = reservation;
  return { orderId: id, saleId: sale, buyerId: buyer, quantity, place, reservedAtMs, requestId };
};

type UndoneMail = Extract<OrderMail, { kind: "payment_undone" }>;
/** What became of a payment that is not wanted. */
export type UndonePayment = Pick<UndoneMail, "why" | "takenMinor" | "currency"> & {
  readonly attempt: number;
};

/** Tells a buyer that what an attempt to pay has reserved or taken is theirs again. */
export const undoneMail = (reservation: Reservation, { attempt, ...undone }: UndonePayment): OrderMail => ({
  ...orderOf(reservation),
  kind: "payment_undone",
  number: attempt,
  ...undone,
});

type KnownOrder = { readonly reservation: Reservation; readonly history: readonly ReservationEvent[] };

/** The mails that an order's events call for, one for each that `isToTell` and that the buyer is to hear of. */
export function mailsOf(
  { reservation, history }: KnownOrder,
  isToTell: (event: ReservationEvent) => boolean = () => true,
): OrderMail[] {
  const order = orderOf(reservation);
  return history.filter(isToTell).flatMap((event): OrderMail[] => {
    const { kind, number } = event;
    switch (kind) {
      case "confirmed":
        return [{ ...order, kind, number }];
      case "rejected":
        // A message under another order's id: that order stands, and its buyer is told of it by its own mail.
        return event.reason === "conflicting_order" ? [] : [{ ...order, kind, number, reason: event.reason }];
      // "Paid, we are confirming" was the last that its page said.
      case "failed":
        return [{ ...order, kind, number, why: event.why }];
      case "returned": {
        const soFar = history.filter((earlier) => earlier.number <= number);
        const { unitsLeft } = stateOf(reservation, soFar);
        const { units, withdrawnAtMs: receivedAtMs, refundMinor } = event;
        const returned = {
          units,
          unitsLeft,
          ...(refundMinor !== undefined && { paidBackMinor: refundMinor }),
        };
        return receivedAtMs === undefined
          ? [{ ...order, kind, number, ...returned }]
          : [{ ...order, kind: "withdrawn", number, ...returned, receivedAtMs }];
      }
      case "wish_refused":
        return refusedWithdrawal(event).map((refusal) => ({ ...order, number, ...refusal }));
      // What was given back elsewhere whoever gave it back has told of.
      case "refunded":
        return event.givenMinor > 0 ? [{ ...order, kind, number, amountMinor: event.givenMinor }] : [];
      case "refund_granted":
      case "refund_retried":
      case "refund_settled":
      case "refund_failed":
      case "refunded_outside":
      // What becomes of a hold that nobody has paid for is told on the order's page alone.
      case "authorised":
      case "placed":
      case "expired":
      case "cancelled":
        return [];
      default:
        return event satisfies never;
    }
  });
}

/** Only its own wishes a buyer hears of. */
function refusedWithdrawal({ why, withdrawnAtMs }: Extract<ReservationEvent, { kind: "wish_refused" }>) {
  if (withdrawnAtMs === undefined) return [];
  switch (why) {
    case "withdrawal_over":
    case "withdrawal_excepted":
    case "too_many_units":
    case "not_confirmed":
      return [{ kind: "withdrawal_refused" as const, why, receivedAtMs: withdrawnAtMs }];
    default:
      return [];
  }
}

/** What a line of the log says of a mail: never whose address it went to. */
export const mailNames = ({ orderId: id, saleId: sale, kind, number, requestId }: OrderMail) => ({
  orderId: id,
  saleId: sale,
  mail: `${kind} ${number}`,
  requestId,
});
