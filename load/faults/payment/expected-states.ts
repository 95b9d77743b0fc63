import type { ReservationState } from "../../../core/reservation/lifecycle.ts";
import type { Payer } from "./payer.ts";
import type { PaymentStage } from "./payment-fault.ts";

type State = ReservationState["kind"];

/** In the end some order must be in each of these, or nothing was tested. */
export const mustHave = ({ alsoJudge }: PaymentStage, ...states: readonly State[]): void =>
  alsoJudge(({ facts }) =>
    states
      .filter((state) => facts.ledger.every((order) => order.state !== state))
      .map((state) => `no order is ${state}: nothing was tested`),
  );

/** In the end each order of these must be in one of these states. */
export const mustBe = (
  { alsoJudge }: PaymentStage,
  payers: readonly Payer[],
  ...states: readonly State[]
): void =>
  alsoJudge(({ facts }) => {
    const found = new Map(facts.ledger.map(({ orderId, state }) => [orderId, state]));
    return payers.flatMap(({ orderId }) => {
      const state = found.get(orderId);
      return state !== undefined && states.includes(state)
        ? []
        : [`${orderId} is ${state}, not ${states.join(" or ")}`];
    });
  });

/** Every second one, and the others. */
export const halves = (payers: readonly Payer[]): readonly [readonly Payer[], readonly Payer[]] => [
  payers.filter((_, i) => i % 2 === 0),
  payers.filter((_, i) => i % 2 === 1),
];

export const openAll = (payers: readonly Payer[]) => Promise.all(payers.map((payer) => payer.open()));
export const payAll = (payers: readonly Payer[]) => Promise.all(payers.map((payer) => payer.choose("pay")));
