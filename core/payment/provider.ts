import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import type { PaymentAttempt } from "../reservation/payment-attempt.ts";

/**
 * Where a payment stands at the provider.
 *
 * open: the shopper may pay, or is paying. authorised: the money is reserved and not taken. captured: it is taken.
 * cancelled: nothing was taken, and nothing will be.
 */
export type PaymentState = "open" | "authorised" | "captured" | "cancelled";

/** A payment as the provider has it. Amounts are in the currency's smallest unit. */
export type Payment = {
  readonly paymentId: string;
  readonly state: PaymentState;
  /** What the provider was told of it when it was made. */
  readonly saleId: SaleId;
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  readonly attempt: number;
  /** A bank has reserved or handed over its money at some time, whatever became of that. */
  readonly wasAuthorised: boolean;
  /** To be paid. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly capturedMinor: number;
  /** Given back or on the way, by anybody. */
  readonly refundedMinor: number;
  /** Each time that money was to be given back, by us or at the provider's own console, oldest first. */
  readonly refunds: readonly ProviderRefund[];
  /** Where the shopper pays; null unless it is open. */
  readonly url: string | null;
};

/** Money on its way back. pending: the provider has it, and can't say yet whether the shopper's bank takes it. */
export type ProviderRefund = {
  readonly id: string;
  /** Under which it was made; null: by somebody else than us. */
  readonly key: string | null;
  readonly amountMinor: number;
  readonly state: "pending" | "succeeded" | "failed";
};

/** Refunds of orders of ours, and where the next page begins; null: that was the last one. */
export type RefundPage = {
  readonly refunds: readonly {
    readonly orderId: OrderId;
    readonly buyerId: BuyerId;
    readonly refundId: string;
    /** Under which it was made; null: by somebody else than us. */
    readonly key: string | null;
  }[];
  readonly next: string | null;
};

/** Payments of ours, and where the next page begins; null: that was the last one. */
export type PaymentPage = { readonly payments: readonly Payment[]; readonly next: string | null };

/** What a payment is made from. The same for every repetition of a key: the provider refuses anything else. */
export type PaymentTerms = {
  readonly saleId: SaleId;
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
} & PaymentAttempt;

/**
 * declined: the money cannot be had. conflict: the payment is not in a state for this, so read it again. missing: there is
 * no such payment. unavailable: the provider did not answer, and it may have happened all the same. rate_limited: it was
 * asked too much, and did nothing.
 */
export type ProviderRefusal = "declined" | "conflict" | "missing" | "unavailable" | "rate_limited";

export type ProviderAnswer =
  | { readonly kind: "payment"; readonly payment: Payment }
  | { readonly kind: "refused"; readonly why: ProviderRefusal };

/** What a message of the provider is about. It is a hint: the payments are read before anything is decided. */
export type PaymentHint = {
  readonly eventId: string;
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
};

export type ReadWebhook =
  | { readonly kind: "hint"; readonly hint: PaymentHint }
  /** Ours, and about nothing that we follow. */
  | { readonly kind: "ignored" }
  /** Not signed by the provider, or too old. */
  | { readonly kind: "forged" };

/**
 * Whoever takes the money. Each call ends within its time limit. What makes something bears a key, and repeating it with the
 * same key makes nothing more; what ends something is refused by the state that it is in, the second time. @throws on what only a person can mend, such as a key that is refused.
 */
export type PaymentProvider = {
  create(terms: PaymentTerms, key: string): Promise<ProviderAnswer>;
  get(paymentId: string): Promise<ProviderAnswer>;
  /** Takes the money of an authorised payment, all of it. */
  capture(payment: Payment): Promise<ProviderAnswer>;
  /** Ends a payment in the state that it was read in: an open one can't be paid any more, an authorised one is let go. */
  cancel(payment: Payment): Promise<ProviderAnswer>;
  /** Gives so much of a captured payment back; a key that was used does nothing, however long ago. */
  refund(payment: Payment, amountMinor: number, key: string): Promise<ProviderAnswer>;
  /**
   * A page of the refunds that were made since then, by anybody, newest first.
   *
   * @param after where the page before ended; null: the first one.
   */
  refundedSince(sinceMs: number, after: string | null): Promise<RefundPage>;
  /**
   * A page of the payments that were made since then, newest first, by the provider's own books: those too whose making was never
   * answered. @param after as of `refundedSince`.
   */
  madeSince(sinceMs: number, after: string | null): Promise<PaymentPage>;
  /** @param rawBody as it came, byte for byte. */
  readWebhook(rawBody: string, signature: string, nowMs: number): ReadWebhook;
};

/** undo: all of a payment that no order counts on is given back. */
type KeyedAction = "create" | "refund" | "undo";

/** The key of one action of one attempt: one key has one set of parameters, for good. */
export const keyOf = (orderId: OrderId, action: KeyedAction, attempt: number): string =>
  `${orderId}:${action}:${attempt}`;
