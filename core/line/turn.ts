import type { LineState, Step } from "./line-state.ts";

/** An entry as its turn is decided by. */
export type RankedEntry = { readonly rank: string; readonly quantity: number };

/** Whether a step gives an entry a turn. */
export const isIn = ({ after, upTo, quantityAtMost }: Step, { rank, quantity }: RankedEntry) =>
  after < rank && rank <= upTo && quantity <= quantityAtMost;

/** The last step that gives an entry a turn; undefined: none has come to it. */
export const stepOf = ({ steps }: LineState, entry: RankedEntry): Step | undefined =>
  steps.findLast((step) => isIn(step, entry));

/** Every step that gave an entry a turn: of those that took fewer units there may have been one before. */
export const stepsOf = ({ steps }: LineState, entry: RankedEntry): readonly Step[] =>
  steps.filter((step) => isIn(step, entry));

/** Whether an entry without a step was not selected so far: the line went past it, or, in a draw, all winners have their turns. */
export const isPassedOver = ({ rules, hasAllWinners, upTo }: LineState, rank: string): boolean =>
  rank <= upTo || (rules?.mode === "draw" && hasAllWinners);
