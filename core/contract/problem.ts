import * as v from "valibot";
import { turnReasons, waitEstimate } from "./line.ts";
import { order } from "./order.ts";
import { count, instant } from "./sale.ts";

/**
 * Each refusal that the API knows: its HTTP status, and one sentence for people.
 * The problem's `type` is `urn:flash-sale:problem:<kind>`; it is stable, the sentence is not.
 */
export const problems = {
  invalid_request: { status: 400, title: "The request is not valid" },
  unauthenticated: { status: 401, title: "Sign in first" },
  forbidden: { status: 403, title: "Your role does not allow this" },
  not_open: { status: 403, title: "The sale has not opened yet" },
  not_your_turn: { status: 403, title: "It is not your turn" },
  not_found: { status: 404, title: "There is no such thing here" },
  method_not_allowed: { status: 405, title: "This method is not allowed here" },
  sold_out: { status: 409, title: "All units are sold" },
  ended: { status: 409, title: "The sale has ended" },
  line_closed: { status: 409, title: "Nobody joins this line any more" },
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

/** `application/problem+json` (RFC 9457), with the members that some kinds add. */
export const problem = v.object({
  type: v.string(),
  kind: v.picklist(Object.keys(problems) as [ProblemKind, ...ProblemKind[]]),
  title: v.string(),
  status: v.number(),
  detail: v.optional(v.string()),
  requestId: v.optional(v.string()),
  /** Each wrong field and what it must be. */
  errors: v.optional(v.array(v.object({ field: v.string(), message: v.string() }))),
  /** With not_open. */
  startsAt: v.optional(instant),
  serverTime: v.optional(instant),
  /** With sold_out, where some units are left, but fewer than were asked for. */
  available: v.optional(count),
  /** With outcome_unknown, once the gate has named the order. */
  orderId: v.optional(order.entries.orderId),
  /** With not_your_turn: why, and where the entry stands. */
  turn: v.optional(
    v.object({
      reason: v.picklist(turnReasons),
      rank: v.optional(v.string()),
      estimate: v.optional(waitEstimate),
    }),
  ),
  /** Also sent as the Retry-After header. */
  retryAfterSeconds: v.optional(v.number()),
});
export type Problem = v.InferOutput<typeof problem>;
