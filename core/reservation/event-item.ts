import * as v from "valibot";
import { failureReasons, refundFailures, rejectionReasons } from "../contract/order-reasons.ts";
import { type ReservationEvent, wishRefusals } from "./lifecycle.ts";
import { SETTLED } from "./ledger-key.ts";

const numbered = { number: v.number(), id: v.string() };
const reason = v.picklist(rejectionReasons);

/** An event as it is stored: in the ledger beside its entry, and in PostgreSQL as the detail of its row. */
export const storedEvent = v.variant("kind", [
  v.object({ ...numbered, kind: v.literal("confirmed") }),
  v.object({ ...numbered, kind: v.literal("rejected"), reason }),
  v.object({
    ...numbered,
    kind: v.literal("returned"),
    units: v.number(),
    isWithheld: v.boolean(),
    reason: v.string(),
    actorId: v.string(),
    refundMinor: v.exactOptional(v.number()),
    withdrawnAtMs: v.exactOptional(v.number()),
  }),
  v.object({
    ...numbered,
    kind: v.literal("wish_refused"),
    why: v.picklist(wishRefusals),
    actorId: v.string(),
    withdrawnAtMs: v.exactOptional(v.number()),
  }),
  v.object({
    ...numbered,
    kind: v.literal("authorised"),
    paymentId: v.string(),
    amountMinor: v.number(),
    currency: v.string(),
  }),
  v.object({ ...numbered, kind: v.literal("placed") }),
  v.object({ ...numbered, kind: v.literal("failed"), why: v.picklist(failureReasons) }),
  v.object({ ...numbered, kind: v.literal("expired") }),
  v.object({
    ...numbered,
    kind: v.literal("cancelled"),
    actorId: v.string(),
    wishId: v.optional(v.string()),
  }),
  v.object({
    ...numbered,
    kind: v.literal("refund_granted"),
    amountMinor: v.number(),
    reason: v.string(),
    actorId: v.string(),
  }),
  v.object({
    ...numbered,
    kind: v.picklist(["refund_retried", "refund_settled"]),
    refundId: v.string(),
    reason: v.string(),
    actorId: v.string(),
  }),
  v.object({
    ...numbered,
    kind: v.literal("refunded"),
    attempt: v.number(),
    givenMinor: v.number(),
    coveredMinor: v.number(),
  }),
  v.object({
    ...numbered,
    kind: v.literal("refund_failed"),
    attempt: v.number(),
    why: v.picklist(refundFailures),
  }),
  v.object({
    ...numbered,
    kind: v.literal("refunded_outside"),
    outsideId: v.string(),
    amountMinor: v.number(),
  }),
]);

const settlement = v.variant("state", [
  v.object({ state: v.literal("confirmed") }),
  v.object({ state: v.literal("rejected"), reason }),
]);

/** @throws ValiError on what is no event: it was not written by us. */
export const parseEvent = (stored: unknown): ReservationEvent => v.parse(storedEvent, stored);

/** The event that an item of the ledger is; one from before there were events is the first of its order. */
export function eventOfItem(item: Readonly<Record<string, unknown>>): ReservationEvent {
  if (!String(item["sk"]).endsWith(SETTLED)) return parseEvent(item);
  const settled = v.parse(settlement, item);
  return settled.state === "confirmed"
    ? { kind: "confirmed", id: "confirm", number: 1 }
    : { kind: "rejected", id: "reject", number: 1, reason: settled.reason };
}
