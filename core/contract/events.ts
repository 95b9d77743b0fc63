import * as v from "valibot";
import { count, instant } from "./sale.ts";

export const eventType = v.pipe(
  v.string(),
  v.regex(/^(?:order|sale|webhook)\.[a-z]+(?:_[a-z]+)*$/, "must look like order.confirmed"),
);

/** One event as a webhook's body says it too; `id` is the webhook's `webhook-id`. */
export const merchantEvent = v.object({
  id: v.string(),
  /** In the feed, from 1: what is later has a greater one. */
  position: count,
  type: eventType,
  timestamp: instant,
  /** The order or the sale, and what happened to it. */
  data: v.record(v.string(), v.unknown()),
});
export type MerchantEvent = v.InferOutput<typeof merchantEvent>;

const wholeText = (what: string) => v.pipe(v.string(), v.regex(/^\d{1,15}$/, what), v.transform(Number));
const MAX_EVENTS = 1_000;

export const eventsQuery = v.strictObject({
  /** The `next` of the page before; nothing begins with the first event. */
  after: v.optional(wholeText("must be the next of a page before"), "0"),
  limit: v.optional(
    v.pipe(wholeText("must be a whole number"), v.minValue(1), v.maxValue(MAX_EVENTS)),
    "100",
  ),
});

/** Oldest first. `next` goes into `after`, whether there is more now (`hasMore`) or only later. */
export const eventPage = v.object({ events: v.array(merchantEvent), next: count, hasMore: v.boolean() });
export type EventPage = v.InferOutput<typeof eventPage>;
