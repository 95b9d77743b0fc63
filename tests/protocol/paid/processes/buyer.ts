import { type Ending, goOnAs, type Work } from "../../engine/process.ts";
import type { Rules } from "../../rules.ts";
import { ledger } from "../stores/ledger.ts";
import { provider } from "../stores/provider.ts";
import { endHold, isPayable, settlePayments } from "./payments.ts";
import { RESERVATION } from "../stores/stores.ts";

export type Shopper = {
  /** The attempt to make if none can be gone on with. */
  readonly attempt: string;
  /** An attempt without a name is given up: it was begun minutes ago. */
  readonly isLater: boolean;
};

/** `openPayment`, up to the attempt that is in the ledger. */
export const shopper = (rules: Rules) =>
  function* open({ attempt, isLater }: Shopper): Work<Ending> {
    const { kind } = yield* ledger.get(null);
    if (kind !== "held" || !(yield* isPayable(rules))) return {};
    if (!rules("a payment is written down before it is made")) return goOnAs("unwritten", attempt);
    const all = Object.entries(yield* ledger.attempts(null));
    const goesOn = all.find(([, is]) => is === "named" || !isLater)?.[0];
    if (goesOn !== undefined) return goOnAs("create", goesOn);
    yield* ledger.list(null);
    yield* ledger.openPayment(attempt);
    return goOnAs("create", attempt);
  };

/** `create`, and `tellWhere`. */
export const create = (rules: Rules) =>
  function* make(attempt: string): Work<Ending> {
    const { paymentId = attempt } = yield* provider.create(attempt);
    yield* ledger.namePayment(attempt);
    if (rules("where to pay is told while the hold stands")) {
      const { kind } = yield* ledger.get(null);
      if (kind !== "held") return goOnAs("back", null);
    }
    return goOnAs("pay", paymentId);
  };

/** As it would be if nobody wrote anything down. */
export function* unwritten(attempt: string): Work<Ending> {
  yield* provider.create(attempt);
  return goOnAs("pay", attempt);
}

/** On the provider's page. Whether its message comes, or the buyer comes back from there, is another story. */
export function* pay(paymentId: string): Work<Ending> {
  yield* provider.pay(paymentId);
}

/** The provider's message, or the buyer who comes back: all payments are looked at. */
export const back = (rules: Rules) =>
  function* comeBack(): Work<Ending> {
    yield* settlePayments(rules, false);
  };

/** `cancelHold`: the buyer gives the hold up. */
export const giveUp = (rules: Rules) =>
  function* cancel(): Work<Ending> {
    yield* endHold(rules, { kind: "cancel", actorId: RESERVATION.buyerId });
  };

/** A purchase that was frozen before the ledger, and its buyer. */
export function* latePurchase(next: Shopper): Work<Ending> {
  yield* ledger.put(null);
  return goOnAs("shopper", next);
}
