import * as v from "valibot";

/** Of a link that stops notices: signed by us, in letters that an address may bear. */
export const unsubscribeToken = v.pipe(
  v.string("is missing"),
  v.maxLength(200, "must be as the mail had it"),
  v.regex(/^[\w-]+\.[\w-]+$/, "must be as the mail had it"),
);
