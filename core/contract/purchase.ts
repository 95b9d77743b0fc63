import * as v from "valibot";
import { storableLine } from "./text.ts";
import { saleId } from "./ids.ts";

/** Most units in one request, whatever the sale's own purchase limit says. */
export const MAX_QUANTITY = 100;

export const quantity = v.pipe(
  v.number("must be a whole number"),
  v.integer("must be a whole number"),
  v.minValue(1, "must be at least 1"),
  v.maxValue(MAX_QUANTITY, `must be at most ${MAX_QUANTITY}`),
);

/** As `POST /api/sale/{saleId}/invitation` answered it. */
export const invitation = v.pipe(storableLine, v.maxLength(600, "must be an invitation as it was answered"));

export const purchaseRequest = v.strictObject({
  saleId,
  quantity: v.optional(quantity, 1),
  /** Of the buyer's entry in the line, where the sale has one. */
  ticket: v.optional(v.pipe(storableLine, v.maxLength(1_000, "must be a ticket as it was answered"))),
  /** That the buyer is a guest of the sale, where it has a list. */
  invitation: v.optional(invitation),
});

/** The caller's key for one intent: printable ASCII without spaces, 8 to 128 characters (a UUID is a good one). */
export const idempotencyKey = v.pipe(
  v.string("is required: send a new UUID for each intent, and the same one when you repeat it"),
  v.regex(
    /^[\x21-\x7e]{8,128}$/,
    "must be 8 to 128 printable ASCII characters without spaces, such as a UUID",
  ),
);
