import * as v from "valibot";
import { email, signInRequest } from "./identity.ts";
import { orderId, saleId } from "./ids.ts";
import { purchaseRequest, quantity } from "./purchase.ts";
import { storableLine } from "./text.ts";
import { unsubscribeToken } from "./unsubscribe-token.ts";

/** The idempotency key of a form, in letters that an address may bear: the form sent again is the same request. */
export const formKey = v.pipe(
  v.string("is missing"),
  v.regex(/^[\w-]{8,128}$/, "must be as the page had it"),
);

const ULID = "[0-9A-HJKMNP-TV-Z]{26}";
/** Where a form leads to after it: a page of this site that works without script, and nowhere else. */
const NEXT = new RegExp(
  `^/plain/(?:en|de)(?:/sale/sale_${ULID}(?:\\?key=[\\w-]{8,128})?|/orders|/order/ord_${ULID}(?:/withdraw)?)?$`,
);

const next = v.pipe(v.string("is missing"), v.regex(NEXT, "must be a page of this site"));

/** The same of pages that need script: a path of this site, never another one's address. */
export const anyNext = v.pipe(v.string(), v.maxLength(500), v.regex(/^\/(?![/\\])[\w./?=&%-]*$/));

/** A form's fields are all text; a missing one is named. */
export const codeForm = v.strictObject({ email, next });

export const sessionForm = v.strictObject({
  challenge: signInRequest.entries.challenge,
  code: signInRequest.entries.code,
  /** Where the code went to, to be shown again beside a wrong one. */
  email: v.pipe(storableLine, v.maxLength(254)),
  next,
});

export const signOutForm = v.strictObject({ next });

const formQuantity = v.pipe(
  v.string("is missing"),
  v.regex(/^\d{1,3}$/, "must be a whole number"),
  v.transform(Number),
  quantity,
);

/** Of what is done with an order of the buyer's own. */
export const orderForm = v.strictObject({ orderId });

/** `units` is all of them where the order has one. */
export const withdrawForm = v.strictObject({ orderId, units: formQuantity, key: formKey });

export const joinForm = v.strictObject({
  saleId,
  quantity: formQuantity,
  invitation: purchaseRequest.entries.invitation,
});
export const remindForm = v.strictObject({ saleId, isWanted: v.picklist(["yes", "no"]) });
export const unsubscribeForm = v.strictObject({ token: unsubscribeToken });
/** Asks for the invitation to a sale; a code where its guests have some. */
export const invitationForm = v.strictObject({
  saleId,
  code: v.pipe(storableLine, v.trim(), v.minLength(1, "is missing"), v.maxLength(100)),
});
export const leaveForm = v.strictObject({ saleId });

export const purchaseForm = v.strictObject({
  saleId,
  quantity: formQuantity,
  key: formKey,
  ticket: purchaseRequest.entries.ticket,
  invitation: purchaseRequest.entries.invitation,
});
