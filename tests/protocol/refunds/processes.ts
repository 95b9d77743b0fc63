import { planRefunds, type RefundNews } from "../../../core/payment/plan-refunds.ts";
import type { Command } from "../../../core/reservation/lifecycle.ts";
import { dueMinor } from "../../../core/reservation/refunds.ts";
import { type Ending, goOnAs, type Roles, type Work } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import { isDone, ledger, provider, queue, records, tasks, watches } from "./operations.ts";
import { type History, type Message, PRICE_MINOR, stateIn } from "./stores.ts";

/** `giveBack`. */
function* giveBack(rules: Rules): Work<void> {
  const state = stateIn(yield* ledger.get(null));
  let latest = yield* provider.get(null);
  const isOfOthers = planRefunds(state, latest).some(
    (step) => step.do === "tell" && step.news.payment === "refunded_outside",
  );
  if (isOfOthers) latest = yield* provider.get(null);
  for (const step of planRefunds(state, latest))
    if (step.do === "give") latest = yield* provider.refund({ key: step.key, amountMinor: step.amountMinor });
  for (const step of planRefunds(state, latest)) {
    if (step.do === "tell" && isDone(rules, step, state))
      yield* queue.send({ kind: "report", news: step.news });
    if (step.do === "give")
      yield* queue.send({
        kind: "report",
        news: { payment: "refund_failed", attempt: step.attempt, why: "refused" },
      });
  }
}

/** As decide-report.postgres.ts has it. */
function commandOf(message: Message): Command {
  if (message.kind === "wish") {
    const { wish } = message;
    return "refundId" in wish ? { kind: "resolve_refund", wish } : { kind: "return", wish };
  }
  const news: RefundNews = message.news;
  switch (news.payment) {
    case "refunded":
      return { ...news, kind: "take_refunded" };
    case "refund_failed":
      return { ...news, kind: "take_refund_failed" };
    case "refunded_outside":
      return { ...news, kind: "take_refunded_outside" };
    default:
      return news satisfies never;
  }
}

type Decided = { readonly message: Message; readonly history: History };

export const refundRoles = (rules: Rules): Roles => ({
  *consumer(): Work<Ending> {
    const message = yield* queue.receive(null);
    const history = yield* records.decide(commandOf(message));
    return goOnAs("tellOthers", { message, history } satisfies Decided);
  },
  /** `copyToLedger` and `askForMoney`. */
  *tellOthers({ message, history }: Decided): Work<Ending> {
    yield* ledger.copy(history);
    if (dueMinor(stateIn(history)) > 0) yield* tasks.send(null);
    yield* queue.delete(message);
    return goOnAs("consumer", null);
  },
  *worker(): Work<Ending> {
    yield* tasks.receive(null);
    return goOnAs("atWork", null);
  },
  *atWork(): Work<Ending> {
    yield* giveBack(rules);
    yield* tasks.delete(null);
    return goOnAs("worker", null);
  },
  *completer(): Work<Ending> {
    yield* watches.isForgotten(null);
    yield* giveBack(rules);
    return goOnAs("completer", null);
  },
  /** The provider's message, at any time: whoever gets it looks. */
  *hint(): Work<Ending> {
    yield* giveBack(rules);
  },
  /** Who hears that a refund has failed pays it by hand, and says so. */
  *operator(): Work<Ending> {
    yield* watches.hasFailed(null);
    const said = {
      wishId: "otherwise",
      refundId: "wish-1",
      how: "otherwise",
      reason: "",
      actorId: "B",
    } as const;
    yield* queue.send({ kind: "wish", wish: said });
  },
  *merchant(): Work<Ending> {
    yield* provider.refundThere(PRICE_MINOR);
  },
});
