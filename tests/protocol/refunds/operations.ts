import { planRefunds, type RefundStep } from "../../../core/payment/plan-refunds.ts";
import type { Payment } from "../../../core/payment/provider.ts";
import type { Command, ReservationState } from "../../../core/reservation/lifecycle.ts";
import {
  happening,
  type Operation,
  type Operations,
  read,
  touching,
  watch,
  write,
} from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import {
  after,
  afterOldRule,
  type History,
  type Message,
  nameOf,
  paymentOf,
  type Provider,
  type Queue,
  stateIn,
  withRefund,
} from "./stores.ts";

const recordOperations = (rules: Rules) => ({
  /** `decideWish` and `decideReports`: the order as it is then. */
  decide: write<History, Command, History>(
    "records",
    (command, history) => {
      const next = after(history, command);
      if (rules("what was paid another way does not fail again")) return [next, next];
      return [afterOldRule(history, command), next];
    },
    (command, reply) =>
      `decides in PostgreSQL on ${command.kind}${reply ? `: ${reply.at(-1)?.kind ?? ""}` : ""}`,
  ),
});

const ledgerOperations = {
  copy: write<History, History, "copied">(
    "ledger",
    (events, known) => ["copied", events.length > known.length ? events : known],
    (events) => `copies ${events.at(-1)?.kind ?? "nothing"} into the ledger`,
  ),
  get: read<History, null, History>(
    "ledger",
    (_, events) => events,
    (_, reply) => `reads A1 in the ledger${reply ? `: ${reply.at(-1)?.kind ?? ""}` : ""}`,
  ),
};

const queueOperations = {
  send: touching(
    { adds: ["queue"] },
    write<Queue, Message, "sent">(
      "queue",
      (message, queue) => ["sent", { ...queue, [nameOf(message)]: message }],
      (message) =>
        `sends ${message.kind === "wish" ? message.wish.wishId : message.news.payment} to the order queue`,
    ),
  ),
  receive: touching({ reads: ["queue"] }, {
    kind: "certain",
    on: ["queue"],
    run: (_: null, queue: Queue) => Object.values(queue).map((reply) => ({ reply, next: [queue] })),
    sentence: (_, message) =>
      `gets ${message.kind === "wish" ? message.wish.wishId : message.news.payment} from the order queue`,
  } satisfies Operation<null, Message>),
  delete: happening<Queue, Message, "deleted">(
    "queue",
    (message, queue) => {
      const { [nameOf(message)]: _, ...rest } = queue;
      return ["deleted", rest];
    },
    (message) => `deletes ${message.kind === "wish" ? message.wish.wishId : message.news.payment}`,
  ),
};

/** The one task of these stories: look at what is to be given back. */
const taskOperations = {
  send: write<boolean, null, "sent">(
    "tasks",
    () => ["sent", true],
    () => "sends refund to the payment queue",
  ),
  receive: touching({ reads: ["tasks"] }, {
    kind: "certain",
    on: ["tasks"],
    run: (_: null, isThere: boolean) => (isThere ? [{ reply: null, next: [isThere] }] : []),
    sentence: () => "gets refund from the payment queue",
  } satisfies Operation<null, null>),
  delete: happening<boolean, null, "deleted">(
    "tasks",
    () => ["deleted", false],
    () => "deletes refund from the payment queue",
  ),
};

type Give = { readonly key: string; readonly amountMinor: number };

const providerOperations = (rules: Rules) => ({
  get: read<Provider, null, Payment>(
    "provider",
    (_, provider) => paymentOf(provider),
    (_, reply) => `reads the payment at the provider${reply ? `: ${reply.refundedMinor} went back` : ""}`,
  ),
  refund: write<Provider, Give, Payment>(
    "provider",
    ({ key, amountMinor }, provider) => {
      if (provider.isRefusing) return [paymentOf(provider), provider];
      const isMade = provider.refunds.some((refund) => refund.key === key);
      const next =
        isMade && rules("a refund has one key") ? provider : withRefund(provider, key, amountMinor);
      return [paymentOf(next), next];
    },
    ({ amountMinor }, reply) =>
      `gives ${amountMinor} back${reply ? `: ${reply.refundedMinor} went back in all` : ""}`,
  ),
  /** What the merchant does at the provider's own console. */
  refundThere: happening<Provider, number, null>(
    "provider",
    (amountMinor, provider) => [null, withRefund(provider, null, amountMinor)],
    (amountMinor) => `gives ${amountMinor} back at the provider's own console`,
  ),
});

/** Whether a step is taken at all, of an order in this state. */
export function isDone(rules: Rules, step: RefundStep, { refunds = [] }: ReservationState): boolean {
  if (step.do !== "tell") return true;
  const { news } = step;
  if (news.payment === "refunded_outside") return rules("what went back elsewhere is told");
  const refund = refunds.find(({ attempt }) => attempt === news.attempt);
  return refund?.state === "due" || rules("what is given late is told");
}

const watchOperations = (rules: Rules) => ({
  /** The console lists what somebody must see to. */
  hasFailed: touching(
    { reads: ["records"] },
    watch(
      ["records"],
      (records: History) => (stateIn(records).refunds ?? []).some(({ state }) => state === "failed"),
      "sees that a refund has failed",
    ),
  ),
  /** Records and provider do not say the same, and nobody is at it. */
  isForgotten: touching(
    { reads: ["ledger", "provider", "queue", "tasks"] },
    watch(
      ["ledger", "provider", "queue", "tasks"],
      (ledger: History, provider: Provider, queue: Queue, tasks: boolean) => {
        if (tasks || Object.keys(queue).length > 0) return false;
        const state = stateIn(ledger);
        return planRefunds(state, paymentOf(provider)).some((step) => isDone(rules, step, state));
      },
      "sees that records and provider differ",
    ),
  ),
});

export const refundOperations = (rules: Rules): Readonly<Record<string, Operations>> => ({
  records: recordOperations(rules),
  ledger: ledgerOperations,
  queue: queueOperations,
  tasks: taskOperations,
  provider: providerOperations(rules),
  watch: watchOperations(rules),
});

export const records = callsOf<ReturnType<typeof recordOperations>>("records");
export const ledger = callsOf<typeof ledgerOperations>("ledger");
export const queue = callsOf<typeof queueOperations>("queue");
export const tasks = callsOf<typeof taskOperations>("tasks");
export const provider = callsOf<ReturnType<typeof providerOperations>>("provider");
export const watches = callsOf<ReturnType<typeof watchOperations>>("watch");
