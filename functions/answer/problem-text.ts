import type { Problem } from "../../core/contract/problem.ts";
import type { Answer } from "./answer.ts";

/** A problem's text up to where the request's id comes. */
export const beginningOf = (problem: Problem): string => JSON.stringify(problem).slice(0, -1);

/** The text of an answer's problem, of which the beginning may have been made before. */
export const problemText = (
  { problem, beginning }: Answer & { readonly problem: Problem },
  requestId: string,
): string => `${beginning ?? beginningOf(problem)},"requestId":${JSON.stringify(requestId)}}`;
