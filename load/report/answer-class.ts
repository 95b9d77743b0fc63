import type { ClientAnswer } from "../verdict/client-answer.ts";

/**
 * What an answer means to a buyer, of which a report counts each apart: refused is an answer, limited and unclear ask to
 * come again, failed is ours to mend.
 */
export const answerClasses = ["accepted", "refused", "limited", "unclear", "failed"] as const;
export type AnswerClass = (typeof answerClasses)[number];

/** The class of an answer to a purchase. */
export function answerClass(kind: ClientAnswer["kind"]): AnswerClass {
  switch (kind) {
    case "accepted":
    case "already_bought":
      return "accepted";
    // More than the line holds, or than one buyer may ask.
    case "rate_limited":
    case "unavailable":
      return "limited";
    // The truth is not known yet, or nobody may buy at this moment.
    case "outcome_unknown":
    case "paused":
    case "recovering":
    case "lost":
      return "unclear";
    case "no_answer":
    case "unreadable":
    case "internal":
      return "failed";
    default:
      return "refused";
  }
}

/** The class of an answer to who only looks, by its status; 0: no answer. */
export function lookClass(status: number): AnswerClass {
  if (status >= 200 && status < 300) return "accepted";
  if (status === 429 || status === 503) return "limited";
  return status >= 400 && status < 500 ? "refused" : "failed";
}
