import { describe, expect, test } from "vitest";
import type { LedgerEntry } from "../reservation/ledger.ts";
import type { Payment, ProviderRefund } from "./provider.ts";
import { isAtRest, waitsForBanks } from "./complete-payments.ts";
import { undonePayments } from "./undone-payments.ts";

const PRICE = 4_900;
type Kind = LedgerEntry["state"]["kind"];
const orderThat = (kind: Kind, countsOn?: string) =>
  ({
    state: { kind, number: 1, payment: countsOn && { paymentId: countsOn } },
    payments: [1, 2].map((attempt) => ({ attempt, amountMinor: PRICE, currency: "EUR" })),
  }) as unknown as LedgerEntry;
const payment = (changes: Partial<Payment>): Payment =>
  ({
    paymentId: "pay_1",
    attempt: 1,
    state: "cancelled",
    wasAuthorised: true,
    amountMinor: PRICE,
    currency: "EUR",
    capturedMinor: 0,
    refundedMinor: 0,
    refunds: [],
    ...changes,
  }) as Payment;
const refund = (state: ProviderRefund["state"]): ProviderRefund => ({
  id: "re_1",
  key: "ord_A:undo:1",
  amountMinor: PRICE,
  state,
});
const takenAndGivenBack = (state: ProviderRefund["state"] = "succeeded") =>
  payment({
    state: "captured",
    capturedMinor: PRICE,
    refundedMinor: state === "failed" ? 0 : PRICE,
    refunds: [refund(state)],
  });

const tooLate = { attempt: 1, why: "too_late", currency: "EUR" };

describe("of an order that ended without being paid for, its buyer is told", () => {
  test.each(["expired", "cancelled", "rejected", "failed"] as const)(
    "that nothing was taken, once what was reserved is let go: %s",
    (kind) => expect(undonePayments(orderThat(kind), [payment({})])).toEqual([{ ...tooLate, takenMinor: 0 }]),
  );
  test("how much was taken, once all of it went back", () =>
    expect(undonePayments(orderThat("expired"), [takenAndGivenBack()])).toEqual([
      { ...tooLate, takenMinor: PRICE },
    ]));
  test("of each attempt by itself", () =>
    expect(
      undonePayments(orderThat("expired"), [
        payment({}),
        { ...takenAndGivenBack(), attempt: 2, paymentId: "pay_2" },
      ]),
    ).toMatchObject([{ attempt: 1 }, { attempt: 2, takenMinor: PRICE }]));
});

describe("nobody is told", () => {
  test("of a page that nobody has paid on, or on which a card was declined", () =>
    expect(undonePayments(orderThat("expired"), [payment({ wasAuthorised: false })])).toEqual([]));
  test("of money that has not gone back: not at all, not whole, or sent back by a bank", () => {
    const half = payment({ state: "captured", capturedMinor: PRICE, refundedMinor: PRICE - 1 });
    for (const owed of [half, takenAndGivenBack("failed"), payment({ state: "authorised" })]) {
      expect(undonePayments(orderThat("expired"), [owed])).toEqual([]);
      expect(isAtRest(orderThat("expired"), [owed])).toBe(false);
      expect(waitsForBanks(orderThat("expired"), [owed])).toBe(false);
    }
  });
  test("before a bank has said that it takes what goes back: that is waited for, without asking each minute", () => {
    const pending = takenAndGivenBack("pending");
    expect(undonePayments(orderThat("expired"), [pending])).toEqual([]);
    expect(isAtRest(orderThat("expired"), [pending])).toBe(false);
    expect(waitsForBanks(orderThat("expired"), [pending])).toBe(true);
  });
  test("of the payment that the order counts on: other mails say what became of it", () => {
    for (const kind of ["confirmed", "refunded", "failed"] as const)
      expect(undonePayments(orderThat(kind, "pay_1"), [takenAndGivenBack(), payment({})])).toEqual([]);
  });
});

test("a second payment of an order that is paid for is told as that", () =>
  expect(undonePayments(orderThat("confirmed", "pay_2"), [payment({})])).toMatchObject([{ why: "second" }]));

test("what was not asked for is told as that, and in its own currency", () =>
  expect(undonePayments(orderThat("expired"), [{ ...takenAndGivenBack(), currency: "USD" }])).toMatchObject([
    { why: "wrong_amount", currency: "USD" },
  ]));
