import type { Problem } from "../../core/contract/problem.ts";

/** The text up to the request's id of each problem that is the same object each time. */
const beginnings = new WeakMap<Problem, string>();

const beginningOf = (problem: Problem): string => JSON.stringify(problem).slice(0, -1);

/** A problem that will be answered often, as the same object: its text is made once. */
export function keepText(problem: Problem): void {
  beginnings.set(problem, beginningOf(problem));
}

export const problemText = (problem: Problem, requestId: string): string =>
  `${beginnings.get(problem) ?? beginningOf(problem)},"requestId":${JSON.stringify(requestId)}}`;
