import * as v from "valibot";
import { guestReasons } from "./guests.ts";
import { turnReasons, waitEstimate } from "./turn.ts";
import { order } from "./order.ts";
import { type ProblemKind, problems } from "./problem-kinds.ts";
import { count, instant } from "./sale.ts";

export { type ProblemKind, problems, problemType } from "./problem-kinds.ts";

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
  /** With sold_out: units that somebody holds and has not paid for yet, which may come back. Absent: there are none. */
  held: v.optional(count),
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
  /** With not_eligible: why, which says what to do. */
  guest: v.optional(v.object({ reason: v.picklist(guestReasons) })),
  /** Also sent as the Retry-After header. */
  retryAfterSeconds: v.optional(v.number()),
});
export type Problem = v.InferOutput<typeof problem>;
