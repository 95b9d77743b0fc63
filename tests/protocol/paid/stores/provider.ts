import type { Payment, PaymentState } from "../../../../core/payment/provider.ts";
import { type Operation, read, touching, write } from "../../engine/operation.ts";
import { callsOf } from "../../engine/process.ts";
import type { Rules } from "../../rules.ts";
import { ASKED, type AtProvider, type Ledger, type Provider, stateIn } from "./stores.ts";

/** The payment as it is afterwards, or why the provider did nothing. */
export type Answer =
  | { readonly kind: "payment"; readonly payment: AtProvider }
  | { readonly kind: "refused"; readonly why: "declined" | "conflict" };

type Moved = readonly [Answer, Provider];
const conflict: Answer = { kind: "refused", why: "conflict" };

/** A payment that is new, or changed. */
function put(provider: Provider, attempt: string, payment: AtProvider): Moved {
  const payments = { ...provider.payments, [attempt]: payment };
  return [
    { kind: "payment", payment },
    { ...provider, payments },
  ];
}

/** Changes a payment that is in this state. */
function move(provider: Provider, attempt: string, from: PaymentState, to: Partial<AtProvider>): Moved {
  const payment = provider.payments[attempt];
  return payment?.is === from ? put(provider, attempt, { ...payment, ...to }) : [conflict, provider];
}

const answered = (reply: Answer | null): string => {
  if (reply === null) return "";
  return reply.kind === "payment" ? `: it is ${reply.payment.is}` : `: refused, ${reply.why}`;
};

/** Where an attempt is kept that the provider was asked for a second time. */
const unkeyed = (attempt: string) => `${attempt} again`;

/** The payment provider; `stores.property.int.test.ts` holds it to the stand-in that the real SDK speaks to. */
export const providerOperations = (rules: Rules) => ({
  create: write<Provider, string, Answer & { readonly paymentId?: string }>(
    "provider",
    (attempt, provider) => {
      const present = provider.payments[attempt];
      const isKeyed = rules("one attempt has one key");
      if (present && isKeyed) return [{ kind: "payment", payment: present, paymentId: attempt }, provider];
      const paymentId = present ? unkeyed(attempt) : attempt;
      const [answer, next] = put(provider, paymentId, { is: "open", isRefunded: false, isInTime: false });
      return [{ ...answer, paymentId }, next];
    },
    (attempt, reply) => `asks the provider for attempt ${attempt}${answered(reply)}`,
  ),
  get: read<Provider, string, AtProvider>(
    "provider",
    (attempt, { payments }) => payments[attempt]!,
    (attempt, reply) => `reads attempt ${attempt} at the provider${reply ? `: ${reply.is}` : ""}`,
  ),
  /** What the buyer does on the provider's page. */
  pay: touching({ reads: ["ledger.entries"], writes: ["provider"] }, {
    kind: "certain",
    on: ["provider", "ledger"],
    run: (attempt: string, provider: Provider, ledger: Ledger) => {
      const isInTime = stateIn(ledger.events).kind === "held";
      const [answer, next] = move(provider, attempt, "open", { is: "authorised", isInTime });
      return [{ reply: answer.kind === "payment", next: [next, ledger] }];
    },
    sentence: (attempt, isPaid) =>
      `pays attempt ${attempt} on the provider's page${isPaid ? "" : ": too late"}`,
  } satisfies Operation<string, boolean>),
  /** Only in the state in which it was read. */
  cancel: write<Provider, { readonly attempt: string; readonly from: "open" | "authorised" }, Answer>(
    "provider",
    ({ attempt, from }, provider) => move(provider, attempt, from, { is: "cancelled" }),
    ({ attempt, from }, reply) => `cancels attempt ${attempt}, which was ${from}${answered(reply)}`,
  ),
  capture: write<Provider, string, Answer>(
    "provider",
    (attempt, provider) => {
      if (provider.payments[attempt]?.is === "authorised" && !provider.isBankWilling)
        return [{ kind: "refused", why: "declined" }, provider];
      return move(provider, attempt, "authorised", { is: "captured" });
    },
    (attempt, reply) => `takes the money of attempt ${attempt}${answered(reply)}`,
  ),
  refund: write<Provider, string, Answer>(
    "provider",
    (attempt, provider) => move(provider, attempt, "captured", { isRefunded: true }),
    (attempt) => `gives the money of attempt ${attempt} back`,
  ),
});

/** As the rules know a payment. */
export const paymentOf = (paymentId: string, { is, isRefunded }: AtProvider): Payment =>
  ({
    ...ASKED,
    paymentId,
    state: is,
    capturedMinor: is === "captured" ? ASKED.amountMinor : 0,
    refundedMinor: isRefunded ? ASKED.amountMinor : 0,
    refunds: [],
  }) as unknown as Payment;

export const provider = callsOf<ReturnType<typeof providerOperations>>("provider");
