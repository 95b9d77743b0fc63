import { type Payment, type ProviderRefund } from "../../../core/payment/provider.ts";
import type { RefundNews } from "../../../core/payment/plan-refunds.ts";
import {
  type Command,
  decide,
  evolve,
  type ReservationEvent,
  type ReservationState,
  type ReturnWish,
} from "../../../core/reservation/lifecycle.ts";
import { moneyStateOf } from "../../../core/reservation/transitions.ts";
import type { ResolveWish } from "../../../core/reservation/refunds.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { stateOf } from "../../../core/reservation/state-of.ts";

/** The stores of a story about one paid order of two units, at 100 each. */
export const PRICE_MINOR = 100;
const PAID_MINOR = 2 * PRICE_MINOR;
const PAYMENT = { paymentId: "payment", amountMinor: PAID_MINOR, currency: "EUR" } as const;

const RESERVATION = {
  saleId: "sale",
  orderId: "A1",
  buyerId: "A",
  n: 1,
  quantity: 2,
  place: 1,
  epoch: 1,
  keyHash: "key",
  reservedAtMs: 0,
  requestId: "request",
  heldUntilMs: 1,
} as unknown as Reservation;

export type History = readonly ReservationEvent[];

/** The events of one order, each evolved; a failure that only the rule of before wrote has the state that it had then. */
export const stateIn = (history: History): ReservationState => {
  const byNumber = new Map(history.map((event) => [event.number, event]));
  return [...byNumber.values()]
    .toSorted((a, b) => a.number - b.number)
    .reduce(
      (state, event) => (isOfOldRule(state, event) ? failedAgain(state, event) : evolve(state, event)),
      stateOf(RESERVATION, []),
    );
};

type Failure = Extract<ReservationEvent, { kind: "refund_failed" }>;

/** `evolve` refuses it: nothing leads from settled to failed. */
const isOfOldRule = ({ refunds = [] }: ReservationState, event: ReservationEvent): event is Failure =>
  event.kind === "refund_failed" &&
  refunds.some((refund) => refund.attempt === event.attempt && moneyStateOf(refund) === "settled");

const failedAgain = (state: ReservationState, { number, attempt }: Failure): ReservationState => ({
  ...state,
  number,
  refunds: (state.refunds ?? []).map((refund) =>
    refund.attempt === attempt ? { ...refund, state: "failed" } : refund,
  ),
});

/** The order's history, with the events of a command behind it; the same where the command does nothing. */
export function after(history: History, command: Command): History {
  const decision = decide(command, stateIn(history));
  return decision.kind === "events" ? [...history, ...decision.events] : history;
}

/**
 * The same by the rule of before: a failure that is told again of a refund that was paid another way is an event once more. The row
 * had its id already and stays as it is; whoever decided goes on with what the row refused.
 */
export function afterOldRule(history: History, command: Command): History {
  const next = after(history, command);
  if (command.kind !== "take_refund_failed" || next.length > history.length) return next;
  const { refunds = [], number } = stateIn(history);
  const { attempt, why } = command;
  if (!refunds.some((refund) => refund.attempt === attempt && refund.state === "refunded")) return next;
  return [
    ...history,
    { kind: "refund_failed", id: `refund_failed:${attempt}`, number: number + 1, attempt, why },
  ];
}

/** As the records have the order once its money was taken. */
export const confirmedOrder: History = [
  { kind: "authorise", payment: PAYMENT } as const,
  { kind: "place" } as const,
  { kind: "confirm" } as const,
].reduce<History>(after, []);

/** A message waits once: more of the same tell nothing new. */
export type Message =
  | { readonly kind: "wish"; readonly wish: ReturnWish | ResolveWish }
  | { readonly kind: "report"; readonly news: RefundNews };
export type Queue = Readonly<Record<string, Message>>;
export const nameOf = (message: Message): string =>
  message.kind === "wish" ? message.wish.wishId : JSON.stringify(message.news);

export type Provider = {
  readonly refunds: readonly ProviderRefund[];
  /** It gives nothing back. */
  readonly isRefusing?: boolean;
};

export const givenMinor = ({ refunds }: Provider): number =>
  refunds.filter(({ state }) => state !== "failed").reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** As the rules know the payment. */
export const paymentOf = (provider: Provider): Payment =>
  ({
    ...PAYMENT,
    orderId: "A1",
    state: "captured",
    capturedMinor: PAID_MINOR,
    refundedMinor: givenMinor(provider),
    refunds: provider.refunds,
  }) as unknown as Payment;

/** Another refund, if so much is left of what was taken. */
export function withRefund(provider: Provider, key: string | null, amountMinor: number): Provider {
  if (givenMinor(provider) + amountMinor > PAID_MINOR) return provider;
  const id = `refund ${provider.refunds.length + 1}`;
  return { ...provider, refunds: [...provider.refunds, { id, key, amountMinor, state: "succeeded" }] };
}
