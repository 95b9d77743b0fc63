/**
 * Each refusal that the API knows: its HTTP status, and one sentence for people.
 * The problem's `type` is `urn:flash-sale:problem:<kind>`; it is stable, the sentence is not.
 */
export const problems = {
  invalid_request: { status: 400, title: "The request is not valid" },
  unauthenticated: { status: 401, title: "Sign in first" },
  forbidden: { status: 403, title: "Your role does not allow this" },
  not_open: { status: 403, title: "The sale has not opened yet" },
  not_eligible: { status: 403, title: "This sale is for the guests on its list" },
  not_your_turn: { status: 403, title: "It is not your turn" },
  not_found: { status: 404, title: "There is no such thing here" },
  method_not_allowed: { status: 405, title: "This method is not allowed here" },
  sold_out: { status: 409, title: "All units are sold" },
  ended: { status: 409, title: "The sale has ended" },
  line_closed: { status: 409, title: "Nobody joins this line any more" },
  payment_overdue: { status: 409, title: "The time to pay is over" },
  too_many_payments: { status: 409, title: "This order has had too many payments" },
  no_withdrawal: { status: 409, title: "This order can't be withdrawn from" },
  conflict: { status: 409, title: "The present state does not allow this" },
  body_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "Send application/json" },
  key_reused: { status: 422, title: "This Idempotency-Key was used for a different request" },
  rate_limited: { status: 429, title: "Too many attempts; wait a moment" },
  internal: { status: 500, title: "Something broke on our side; the operators have been told" },
  paused: { status: 503, title: "The sale is paused" },
  recovering: { status: 503, title: "The sale is checking its records" },
  lost: { status: 503, title: "The sale is checking its records" },
  outcome_unknown: { status: 503, title: "We do not know yet; ask again with the same Idempotency-Key" },
  join_unknown: { status: 503, title: "We do not know whether you have joined; ask again" },
  unavailable: { status: 503, title: "This cannot be answered right now; ask again" },
} as const;

export type ProblemKind = keyof typeof problems;
export const problemType = (kind: ProblemKind): string => `urn:flash-sale:problem:${kind}`;

/** The kind that a problem's `type` names; null: it is none of ours. */
export const kindOfType = (type: unknown): ProblemKind | null =>
  (Object.keys(problems) as ProblemKind[]).find((kind) => problemType(kind) === type) ?? null;
