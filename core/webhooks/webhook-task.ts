import * as v from "valibot";
import { endpointId } from "../contract/ids.ts";
import { pauseReasons } from "../contract/webhooks.ts";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** One call that is due. Whoever makes it needs nothing else; the secrets are sealed for them. */
const callTask = v.object({
  task: v.literal("call"),
  endpointId,
  position: whole,
  attempt: whole,
  /** Rises each time that somebody has the event sent again: what is said of an earlier round is not said of this one. */
  round: v.optional(whole, 0),
  url: v.string(),
  secrets: v.array(v.string()),
  eventId: v.string(),
  body: v.string(),
  /** Later than that somebody else may have the same call: this one is dropped. */
  notAfterMs: whole,
});
export type CallTask = v.InferOutput<typeof callTask>;

/** A mail to whoever is to know that an endpoint was paused. */
const noticeTask = v.object({
  task: v.literal("notice"),
  endpointId,
  to: v.string(),
  name: v.string(),
  host: v.string(),
  why: v.picklist(pauseReasons),
});
export type NoticeTask = v.InferOutput<typeof noticeTask>;

const task = v.variant("task", [callTask, noticeTask]);
export type WebhookTask = v.InferOutput<typeof task>;

/** @throws ValiError when it was not written by us. */
export const parseTask = (text: string): WebhookTask => v.parse(task, JSON.parse(text));

/** What came of a call. */
const report = v.object({
  endpointId,
  position: whole,
  attempt: whole,
  round: v.optional(whole, 0),
  isTaken: v.boolean(),
  status: v.nullable(whole),
  error: v.nullable(v.string()),
  retryAfterMs: v.nullable(whole),
  tookMs: whole,
  atMs: whole,
});
export type CallReport = v.InferOutput<typeof report>;

/** @throws ValiError when it was not written by us. */
export const parseReport = (text: string): CallReport => v.parse(report, JSON.parse(text));
