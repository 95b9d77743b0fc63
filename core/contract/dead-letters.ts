import * as v from "valibot";
import { storableLine } from "./text.ts";
import { count } from "./sale.ts";
import { instant } from "./instant.ts";

/** Messages to the order queue that kept failing; they rest until somebody sends them again. */
export const deadLetterList = v.object({
  letters: v.array(
    v.object({
      messageId: v.string(),
      /** The order that it is about; null: it is none that can be read. */
      orderId: v.nullable(v.string()),
      saleId: v.nullable(v.string()),
      receives: count,
      sentAt: instant,
    }),
  ),
});
export type DeadLetterList = v.InferOutput<typeof deadLetterList>;

export const redriveRequest = v.strictObject({
  /** Of the messages to send again. */
  messageIds: v.pipe(
    v.array(v.pipe(storableLine, v.minLength(1), v.maxLength(100))),
    v.minLength(1, "must name at least one message"),
    v.maxLength(1_000, "must name at most 1,000 messages"),
  ),
});

export const redriven = v.object({ moved: v.array(v.string()) });
export type Redriven = v.InferOutput<typeof redriven>;
