import type { Stripe } from "stripe";
import { expect, expectTypeOf, test } from "vitest";
import { errorCodes, type errorTypes } from "./api-error.ts";
import type { Intent, Session } from "./books.ts";
import type { shownCharge, shownIntent, shownRefund, shownSession } from "./shown.ts";

/**
 * What the stand-in shows is what Stripe publishes: its OpenAPI document is what the SDK's types are generated from. They are
 * checked by the compiler, so a test that runs has nothing left to say.
 */
type Named<T> = T extends string ? (string extends T ? never : T) : never;
type Code = Named<NonNullable<Stripe.PaymentIntent.LastPaymentError["code"]>>;
type ErrorType = Named<Stripe.PaymentIntent.LastPaymentError["type"]>;

test("each member of what is shown is one of Stripe's", () => {
  expectTypeOf<keyof ReturnType<typeof shownSession>>().toExtend<keyof Stripe.Checkout.Session>();
  expectTypeOf<keyof ReturnType<typeof shownIntent>>().toExtend<keyof Stripe.PaymentIntent>();
  expectTypeOf<keyof ReturnType<typeof shownCharge>>().toExtend<keyof Stripe.Charge>();
  expectTypeOf<keyof ReturnType<typeof shownRefund>>().toExtend<keyof Stripe.Refund>();
});

test("each state that something can be in is one of Stripe's", () => {
  expectTypeOf<Session["status"]>().toExtend<Named<NonNullable<Stripe.Checkout.Session["status"]>>>();
  expectTypeOf<Intent["status"]>().toExtend<Named<Stripe.PaymentIntent["status"]>>();
  expectTypeOf<Intent["captureMethod"]>().toExtend<Named<Stripe.PaymentIntent["capture_method"]>>();
});

test("what we read of an object has the type that Stripe gives it", () => {
  type Shown = ReturnType<typeof shownSession>;
  expectTypeOf<Shown["amount_total"]>().toExtend<Stripe.Checkout.Session["amount_total"]>();
  expectTypeOf<Shown["currency"]>().toExtend<Stripe.Checkout.Session["currency"]>();
  expectTypeOf<Shown["metadata"]>().toExtend<Stripe.Checkout.Session["metadata"]>();
  expectTypeOf<Shown["url"]>().toExtend<Stripe.Checkout.Session["url"]>();
  type ShownIntent = ReturnType<typeof shownIntent>;
  expectTypeOf<ShownIntent["amount_received"]>().toExtend<Stripe.PaymentIntent["amount_received"]>();
  expectTypeOf<ReturnType<typeof shownCharge>["amount_refunded"]>().toExtend<
    Stripe.Charge["amount_refunded"]
  >();
  type ShownRefund = ReturnType<typeof shownRefund>;
  expectTypeOf<ShownRefund["metadata"]>().toExtend<Stripe.Refund["metadata"]>();
});

test("each error's code and type is one of Stripe's", () => {
  expectTypeOf<(typeof errorCodes)[number]>().toExtend<Code>();
  expectTypeOf<(typeof errorTypes)[number]>().toExtend<ErrorType>();
  expect(errorCodes.length).toBeGreaterThan(0);
});
