import * as v from "valibot";
import { storableLine } from "./text.ts";
import { instant } from "./instant.ts";
import { languages } from "./language.ts";

/** What a browser is known by here: a hash of the address that its push service gave it. */
export const pushId = v.pipe(v.string(), v.regex(/^[\w-]{32}$/, "must be the id of a push subscription"));

const LONGEST_ENDPOINT = 1_024;
/** A browser's own key, as RFC 8291 has it: 65 bytes as base64url, the first of them 4. */
const point = v.pipe(
  v.string(),
  v.regex(/^B[A-P][\w-]{85}$/, "must be an uncompressed point of P-256 as base64url"),
);
const auth = v.pipe(v.string(), v.regex(/^[\w-]{22}$/, "must be 16 bytes as base64url"));

/** Where a browser is reached, as its `PushSubscription` says it. */
export const addPushRequest = v.strictObject({
  endpoint: v.pipe(storableLine, v.url("must be a URL"), v.maxLength(LONGEST_ENDPOINT, "is too long")),
  keys: v.strictObject({ p256dh: point, auth }),
  /** Of the page on which it was switched on. */
  language: v.optional(v.picklist(languages), "en"),
});
export type AddPushRequest = v.InferOutput<typeof addPushRequest>;

export const pushSubscription = v.object({
  pushId,
  /** Of the push service: tells browsers apart a little. */
  host: v.string(),
  createdAt: instant,
  /** Whether it is the browser that asks. */
  isThisBrowser: v.boolean(),
});
export type PushSubscriptionView = v.InferOutput<typeof pushSubscription>;

export const pushList = v.object({
  /** Of this shop, as `applicationServerKey` (RFC 8292). */
  publicKey: v.string(),
  subscriptions: v.array(pushSubscription),
});
export type PushList = v.InferOutput<typeof pushList>;
