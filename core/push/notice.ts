import { createHash } from "node:crypto";
import * as v from "valibot";
import { buyerId, orderId, saleId } from "../contract/ids.ts";
import { languages } from "../contract/language.ts";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const ofBuyer = {
  saleId,
  buyerId,
  /** Later than that it says nothing that is of use, and is told to nobody. */
  notAfterMs: whole,
};
/** In the reader's language at the time, where that is known; else in that of their browser's page. */
const language = v.optional(v.picklist(languages));

/** What a buyer's browsers are told, beside the mail: the words are put around it when it is sent. */
export const pushNotice = v.variant("kind", [
  v.object({ ...ofBuyer, kind: v.literal("opening"), language }),
  v.object({
    ...ofBuyer,
    kind: v.literal("turn"),
    step: whole,
    untilMs: whole,
    /** A unit came back to a sale that had none left. */
    isReturn: v.boolean(),
    language,
  }),
  v.object({ ...ofBuyer, kind: v.literal("hold_ending"), orderId, heldUntilMs: whole }),
  /** By the shop; by the buyer's own withdrawal; money that went back. */
  v.object({ ...ofBuyer, kind: v.picklist(["returned", "withdrawn", "refunded"]), orderId, number: whole }),
]);
export type PushNotice = v.InferOutput<typeof pushNotice>;

/** What happened, whoever is told: by it a browser is told once. */
export function happeningOf(notice: PushNotice): string {
  switch (notice.kind) {
    case "opening":
      // A sale that was moved opens anew.
      return `opening#${notice.saleId}#${notice.notAfterMs}`;
    case "turn":
      return `turn#${notice.saleId}#${notice.step}`;
    case "hold_ending":
      return `order#${notice.orderId}#0`;
    case "returned":
    case "withdrawn":
    case "refunded":
      return `order#${notice.orderId}#${notice.number}`;
    default:
      return notice satisfies never;
  }
}

/**
 * Whether a browser is to be told only while a session of its buyer can run in it: all that is about them. That a sale opens soon
 * names nobody, and whoever asked for it may have to wait for weeks.
 */
export function isOfSession({ kind }: PushNotice): boolean {
  switch (kind) {
    case "opening":
      return false;
    case "turn":
    case "hold_ending":
    case "returned":
    case "withdrawn":
    case "refunded":
      return true;
    default:
      return kind satisfies never;
  }
}

/** RFC 8030 allows so many characters. */
const TOPIC_LENGTH = 32;

/** By it a push service, and the browser too, puts a second message in the place of the first: whoever is told twice sees one. */
export const topicOf = (notice: PushNotice): string =>
  createHash("sha256").update(happeningOf(notice)).digest("base64url").slice(0, TOPIC_LENGTH);

/** How much a phone that saves power is to be woken for it (RFC 8030, 5.3): for what ends within minutes. */
export function urgencyOf({ kind }: PushNotice): "high" | "normal" {
  switch (kind) {
    case "opening":
    case "turn":
    case "hold_ending":
      return "high";
    case "returned":
    case "withdrawn":
    case "refunded":
      return "normal";
    default:
      return kind satisfies never;
  }
}

/** So long a push service keeps it for a browser that is not there; null: it is too late to tell anybody. */
export function ttlSecondsOf({ notAfterMs }: PushNotice, nowMs: number): number | null {
  const seconds = Math.floor((notAfterMs - nowMs) / 1_000);
  return seconds > 0 ? seconds : null;
}
