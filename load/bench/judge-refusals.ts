import type { Measurement } from "./measurement.ts";

/** As any refusal from memory: see cpu-bench.ts. Here a ticket is checked beside the session, and a lot is drawn. */
const GOAL_US = 45;
/** To refuse who is out of turn is to cost no more than to say that all is sold, but for the ticket that is checked. */
const MOST_OF_SOLD_OUT = 1.3;

/** The row of both refusals, in microseconds each: the one out of turn is held against the budget, and against the other. */
export function judgeRefusals(outOfTurn: number, soldOut: number): Measurement {
  const ratio = outOfTurn / soldOut;
  return {
    budget: "processor time of a refusal from memory, out of turn, new ticket / sold out",
    figure: `${outOfTurn.toFixed(0)} µs (sold out: ${soldOut.toFixed(0)} µs, ${ratio.toFixed(2)}×)`,
    goal: `≤ ${GOAL_US} µs, ≤ ${MOST_OF_SOLD_OUT}× sold out`,
    isMet: outOfTurn <= GOAL_US && ratio <= MOST_OF_SOLD_OUT,
  };
}
