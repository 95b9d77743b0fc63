import * as v from "valibot";
import { eventType } from "./events.ts";
import { email } from "./identity.ts";
import { endpointId } from "./ids.ts";
import { count, instant } from "./sale.ts";
import { storableLine } from "./text.ts";

export const endpointStates = ["active", "paused", "deleted"] as const;
export type EndpointState = (typeof endpointStates)[number];
/** failing: it took nothing for a long time. gone: it answered 410. */
export const pauseReasons = ["operator", "failing", "gone"] as const;
export type PausedWhy = (typeof pauseReasons)[number];
/** open: to be sent, or sent and not taken yet. given_up: tried for days, and never taken. */
export const deliveryStates = ["open", "delivered", "given_up"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** What else is wrong with an address, its host decides; see webhooks/endpoint-url.ts. */
const url = v.pipe(storableLine, v.trim(), v.maxLength(500), v.url("must be a URL"));
const name = v.pipe(storableLine, v.trim(), v.minLength(1, "must not be empty"), v.maxLength(60));
const types = v.pipe(v.array(eventType), v.maxLength(50));

export const createEndpointRequest = v.strictObject({
  url,
  name,
  /** Who is told by mail when it is paused because it keeps failing. */
  notify: email,
  /** None: every event. */
  types: v.optional(types, []),
});
export type CreateEndpointRequest = v.InferOutput<typeof createEndpointRequest>;

export const changeEndpointRequest = v.pipe(
  v.strictObject({
    url: v.optional(url),
    name: v.optional(name),
    notify: v.optional(email),
    types: v.optional(types),
    /** What is due waits while it is paused, and goes out in order afterwards. */
    state: v.optional(v.picklist(["active", "paused"], "must be active or paused")),
  }),
  v.check((change) => Object.keys(change).length > 0, "must change something"),
);
export type ChangeEndpointRequest = v.InferOutput<typeof changeEndpointRequest>;

/** An address that webhooks go to; never its secret. */
export const webhookEndpoint = v.object({
  endpointId,
  url: v.string(),
  name: v.string(),
  notify: v.string(),
  types: v.array(v.string()),
  state: v.picklist(["active", "paused"]),
  pausedWhy: v.nullable(v.picklist(pauseReasons)),
  /** Until when the secret before the present one signs too; null: there is none. */
  oldSecretUntil: v.nullable(instant),
  createdAt: instant,
  deliveredAt: v.nullable(instant),
  /** Failed calls since the last one that was taken, and since when. */
  failures: count,
  failingSince: v.nullable(instant),
  /** Events that it is still to be sent, and those that were given up. */
  open: count,
  givenUp: count,
});
export type WebhookEndpoint = v.InferOutput<typeof webhookEndpoint>;
export const endpointList = v.object({ endpoints: v.array(webhookEndpoint) });
export type EndpointList = v.InferOutput<typeof endpointList>;

/** `secret` begins with `whsec_`; it is shown this once. */
export const endpointWithSecret = v.object({ endpoint: webhookEndpoint, secret: v.string() });
export type EndpointWithSecret = v.InferOutput<typeof endpointWithSecret>;

const MAX_OVERLAP_HOURS = 72;
export const rotateSecretRequest = v.strictObject({
  /** How long the secret before signs too, so that receivers change it in their time. */
  overlapHours: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_OVERLAP_HOURS)),
});

const text = v.pipe(storableLine, v.maxLength(200));
const position = v.pipe(v.string(), v.regex(/^\d{1,15}$/, "must be a position"), v.transform(Number));
export const deliveriesQuery = v.strictObject({
  state: v.optional(v.picklist(deliveryStates, `must be one of ${deliveryStates.join(", ")}`)),
  /** An event's id, or an order's or a sale's. */
  search: v.optional(v.pipe(text, v.trim()), ""),
  type: v.optional(eventType),
  /** The last position of the page before: the log goes from new to old. */
  before: v.optional(position),
});
export type DeliveriesQuery = v.InferOutput<typeof deliveriesQuery>;

export const webhookDelivery = v.object({
  position: count,
  eventId: v.string(),
  type: v.string(),
  /** The order or sale. */
  stream: v.string(),
  happenedAt: instant,
  state: v.picklist(deliveryStates),
  /** The event of the same order before it, which is still open: this one waits for it. */
  waitsFor: v.nullable(v.string()),
  attempts: count,
  /** Of an open one: when it is tried next, at the earliest. */
  nextAt: v.nullable(instant),
  triedAt: v.nullable(instant),
  /** What the endpoint answered last; null: nothing, and `error` says why. */
  status: v.nullable(count),
  error: v.nullable(v.string()),
  tookMs: v.nullable(count),
  deliveredAt: v.nullable(instant),
});
export type WebhookDelivery = v.InferOutput<typeof webhookDelivery>;
export const deliveryPage = v.object({ deliveries: v.array(webhookDelivery), next: v.nullable(count) });
export type DeliveryPage = v.InferOutput<typeof deliveryPage>;

/** One event, or all from one position to another; those that are open stay as they are. */
export const redeliverRequest = v.pipe(
  v.strictObject({
    from: v.pipe(v.number(), v.integer(), v.minValue(1)),
    to: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** given_up: only what was never taken. */
    only: v.optional(v.picklist(["given_up", "all"], "must be given_up or all"), "given_up"),
  }),
  v.forward(
    v.check(({ from, to }) => from <= to, "must not be before from"),
    ["to"],
  ),
);
export type RedeliverRequest = v.InferOutput<typeof redeliverRequest>;
export const redeliverAnswer = v.object({ deliveries: count });
export type RedeliverAnswer = v.InferOutput<typeof redeliverAnswer>;
/** The test event, which this endpoint alone is sent. */
export const testAnswer = v.object({ eventId: v.string(), position: count });
export type TestAnswer = v.InferOutput<typeof testAnswer>;
