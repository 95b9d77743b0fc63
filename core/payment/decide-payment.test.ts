import { describe, expect, test } from "vitest";
import { granted, type Refund } from "../reservation/refunds.ts";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { decidePayment, type OrderStanding } from "./decide-payment.ts";
import { keyOf, type Payment, type PaymentState } from "./provider.ts";

const asked = { amountMinor: 4_900, currency: "EUR" };
const held: OrderStanding = { kind: "held" };
const over: OrderStanding = { kind: "over" };
const unknown: OrderStanding = { kind: "unknown" };
const paidBy = (paymentId: string, isConfirmed = false, refunds: readonly Refund[] = []): OrderStanding => ({
  kind: "paid",
  paymentId,
  isConfirmed,
  state: { refunds, number: 9 },
});

const payment = (state: PaymentState, changes: Partial<Payment> = {}): Payment => ({
  paymentId: "pay_1",
  state,
  saleId: "sale_A" as SaleId,
  orderId: "ord_A" as OrderId,
  buyerId: "byr_A" as BuyerId,
  attempt: 1,
  wasAuthorised: state === "authorised" || state === "captured",
  ...asked,
  capturedMinor: state === "captured" ? asked.amountMinor : 0,
  refundedMinor: 0,
  refunds: [],
  url: state === "open" ? "https://pay.example" : null,
  ...changes,
});

describe("a hold", () => {
  test("is waited for while its payment is open", () => {
    expect(decidePayment(held, asked, payment("open"))).toEqual({ do: "wait" });
  });
  test.each(["authorised", "captured"] as const)("is paid for once its payment is %s", (state) => {
    expect(decidePayment(held, asked, payment(state))).toEqual({ do: "authorise" });
  });
  test("may have another attempt once this one is cancelled", () => {
    expect(decidePayment(held, asked, payment("cancelled"))).toEqual({ do: "nothing" });
  });
  test.each([{ amountMinor: 4_899 }, { currency: "USD" }])(
    "is not paid for by what was not asked: %o",
    (other) => {
      expect(decidePayment(held, asked, payment("authorised", other))).toEqual({
        do: "cancel",
        why: "wrong_amount",
      });
    },
  );
});

const second = (state: PaymentState) =>
  decidePayment(paidBy("pay_1"), asked, payment(state, { paymentId: "pay_2", attempt: 2 }));

const standing = (refund: Refund) => paidBy("pay_1", true, [refund]);

describe("an order that is paid for", () => {
  test("waits until its own money is taken, and rests then", () => {
    expect(decidePayment(paidBy("pay_1"), asked, payment("authorised"))).toEqual({ do: "wait" });
    expect(decidePayment(paidBy("pay_1"), asked, payment("captured"))).toEqual({ do: "wait" });
    expect(decidePayment(paidBy("pay_1", true), asked, payment("captured"))).toEqual({ do: "nothing" });
  });
  test("whose money is gone is told of", () => {
    expect(decidePayment(paidBy("pay_1"), asked, payment("cancelled"))).toEqual({ do: "report_lost" });
  });
  test("gives back what is due, waits for the bank, and rests once the records know", () => {
    const due = granted({ id: "w", number: 4 }, 2_450, true);
    const withRefund = (state: "pending" | "succeeded") =>
      payment("captured", {
        refundedMinor: 2_450,
        refunds: [{ id: "re_1", key: "ord_A:refund:4", amountMinor: 2_450, state }],
      });
    expect(decidePayment(standing(due), asked, payment("captured"))).toEqual({ do: "give_back" });
    expect(decidePayment(standing(due), asked, withRefund("pending"))).toEqual({ do: "wait" });
    expect(decidePayment(standing(due), asked, withRefund("succeeded"))).toEqual({ do: "give_back" });
    const done = { ...due, state: "refunded", givenMinor: 2_450 } as const;
    expect(decidePayment(standing(done), asked, withRefund("succeeded"))).toEqual({ do: "nothing" });
  });
  test("takes no second payment", () => {
    expect(second("open")).toEqual({ do: "cancel", why: "second" });
    expect(second("authorised")).toEqual({ do: "cancel", why: "second" });
    expect(second("captured")).toEqual({ do: "refund", why: "second" });
    expect(second("cancelled")).toEqual({ do: "nothing" });
  });
});

describe("an order that ended unpaid", () => {
  test("keeps nobody's money", () => {
    expect(decidePayment(over, asked, payment("open"))).toEqual({ do: "cancel", why: "too_late" });
    expect(decidePayment(over, asked, payment("authorised"))).toEqual({ do: "cancel", why: "too_late" });
    expect(decidePayment(over, asked, payment("captured"))).toEqual({ do: "refund", why: "too_late" });
    expect(decidePayment(over, asked, payment("cancelled"))).toEqual({ do: "nothing" });
  });
  test("gives back once", () => {
    const back = payment("captured", { refundedMinor: asked.amountMinor });
    expect(decidePayment(over, asked, back)).toEqual({ do: "nothing" });
  });
});

test("while nobody knows whether a gate counts an order, nothing is decided", () => {
  for (const state of ["open", "authorised", "captured"] as const)
    expect(decidePayment(unknown, asked, payment(state))).toEqual({ do: "wait" });
  expect(decidePayment(unknown, asked, payment("cancelled"))).toEqual({ do: "nothing" });
});

test("one key for one action of one attempt", () => {
  const orderId = "ord_A" as OrderId;
  expect(keyOf(orderId, "create", 2)).toBe("ord_A:create:2");
  const keys = (["create", "refund"] as const).flatMap((action) =>
    [1, 2].map((attempt) => keyOf(orderId, action, attempt)),
  );
  expect(new Set(keys).size).toBe(4);
});
