import type { ReservationEvent, ReservationState } from "./lifecycle.ts";
import type { Refund } from "./refunds.ts";

type State = ReservationState["kind"];
type Step = ReservationEvent["kind"];
type Steps<From extends string, To> = {
  readonly [state in From]: { readonly [step in Step]?: readonly To[] };
};

/**
 * Every step of a reservation's life, and of its money's: from each state, each event that may follow, and where it leads.
 *
 * ```
 * free:   reserved ─ confirmed | rejected
 * paid:   held ─┬─ authorised ─┬─ placed ─ confirmed | failed
 *               │              └─ rejected
 *               └─ expired | cancelled | rejected
 * then:   confirmed ─ returned ─ refunded
 *
 * money:  due ─┬─ given ─── failed: a bank has sent it back
 *              ├─ settled ─ given: ours came late, after something else had counted for it
 *              └─ failed ─┬─ due: tried again, as another attempt
 *                         └─ settled: paid back another way
 * ```
 *
 * `evolve` takes no other step. PostgreSQL's `move_order` has the same rules in its own words; `move-order.int.test.ts` walks
 * this table against it. Which of the steps a command leads to, `decide` says.
 */
export const orderSteps: Steps<State, State> = {
  // Left in the ledger, or with the order's first row.
  reserved: { confirmed: ["confirmed"], rejected: ["rejected"] },
  held: {
    authorised: ["authorised"],
    rejected: ["rejected"],
    expired: ["expired"],
    cancelled: ["cancelled"],
  },
  authorised: { placed: ["placed"], rejected: ["rejected"] },
  // It has a row from here on.
  placed: { confirmed: ["confirmed"], failed: ["failed"], wish_refused: ["placed"] },
  confirmed: {
    // Units are left; or none is, and of money nothing either is owed or something is.
    returned: ["confirmed", "returned", "refunded"],
    ...whileMoneyMoves(["confirmed"]),
  },
  // With the last unit back it is refunded while nothing is owed of its money, and only then.
  returned: whileMoneyMoves(["returned", "refunded"]),
  refunded: whileMoneyMoves(["returned", "refunded"]),
  rejected: { wish_refused: ["rejected"] },
  failed: { wish_refused: ["failed"] },
  expired: { wish_refused: ["expired"] },
  cancelled: { wish_refused: ["cancelled"] },
};

/** given: by us. settled: nothing of it by us, since something else counts for it. */
export type MoneyState = "due" | "given" | "settled" | "failed";

/** What is to be given back is due at first. */
export const moneySteps: Steps<MoneyState, MoneyState> = {
  due: { refunded: ["given", "settled"], refund_failed: ["failed"] },
  failed: { refund_retried: ["due"], refund_settled: ["settled"] },
  settled: { refunded: ["given"] },
  given: { refund_failed: ["failed"] },
};

export const moneyStateOf = ({ state, givenMinor }: Pick<Refund, "state" | "givenMinor">): MoneyState =>
  state !== "refunded" ? state : givenMinor > 0 ? "given" : "settled";

/** What its money does changes an order's state only once its units are back. */
function whileMoneyMoves<To>(states: readonly To[]) {
  return {
    wish_refused: states,
    refund_granted: states,
    refund_retried: states,
    refund_settled: states,
    refunded: states,
    refund_failed: states,
    refunded_outside: states,
  } as const;
}

/** @throws when the event is no step from there to there: it was written by somebody who decided on another state. */
export function expectStep<From extends string, To>(
  steps: Steps<From, To>,
  from: From,
  step: Step,
  to: To,
): void {
  if (!steps[from][step]?.includes(to)) throw new Error(`what is ${from} cannot be ${step}`);
}
