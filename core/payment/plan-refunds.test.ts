import { describe, expect, test } from "vitest";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { granted, type Refund } from "../reservation/refunds.ts";
import { planRefunds as plan } from "./plan-refunds.ts";
import type { Payment, ProviderRefund } from "./provider.ts";

/** A captured payment of 40.00 with what the provider has of its refunds. */
function captured(...refunds: readonly ProviderRefund[]): Payment {
  return {
    paymentId: "pay_1",
    state: "captured",
    saleId: "sale_A" as SaleId,
    orderId: "ord_A" as OrderId,
    buyerId: "byr_A" as BuyerId,
    attempt: 1,
    wasAuthorised: true,
    amountMinor: 4_000,
    currency: "EUR",
    capturedMinor: 4_000,
    refundedMinor: refunds.reduce(
      (sum, refund) => sum + (refund.state === "failed" ? 0 : refund.amountMinor),
      0,
    ),
    refunds,
    url: null,
  };
}
const own = (number: number, amountMinor: number, state: ProviderRefund["state"] = "succeeded") => ({
  id: `re_${number}`,
  key: `ord_A:refund:${number}`,
  amountMinor,
  state,
});
const theirs = (id: string, amountMinor: number, state: ProviderRefund["state"] = "succeeded") => ({
  id,
  key: null,
  amountMinor,
  state,
});
/** Due for a unit that came back, asked for by event `number`. */
const forUnit = (number: number, amountMinor = 2_000, changes: Partial<Refund> = {}): Refund => ({
  ...granted({ id: `wish-${number}`, number }, amountMinor, true),
  ...changes,
});
/** Of an order with so many events. */
const planRefunds = (money: Omit<Parameters<typeof plan>[0], "number">, payment: Payment, number = 9) =>
  plan({ ...money, number }, payment);
const give = (attempt: number, amountMinor: number) => ({
  do: "give",
  attempt,
  amountMinor,
  key: `ord_A:refund:${attempt}`,
});
const tell = (news: object) => ({ do: "tell", news });
const refunded = (attempt: number, givenMinor: number, coveredMinor = 0) =>
  tell({ payment: "refunded", attempt, givenMinor, coveredMinor });
const failed = (attempt: number, why: string) => tell({ payment: "refund_failed", attempt, why });

describe("given money that is due", () => {
  test("when the provider has nothing of it, then it is given under the key of its attempt", () => {
    expect(planRefunds({ refunds: [forUnit(4), forUnit(5)] }, captured())).toEqual([
      give(4, 2_000),
      give(5, 2_000),
    ]);
  });

  test("when the provider has it, then the records are told, and nothing is given again", () => {
    expect(planRefunds({ refunds: [forUnit(4)] }, captured(own(4, 2_000)))).toEqual([refunded(4, 2_000)]);
  });

  test("when a bank takes its time, then it is waited for", () => {
    expect(planRefunds({ refunds: [forUnit(4)] }, captured(own(4, 2_000, "pending")))).toEqual([
      { do: "wait" },
    ]);
  });

  test("when the bank has sent it back, then it has failed, and is not given again by itself", () => {
    expect(planRefunds({ refunds: [forUnit(4)] }, captured(own(4, 2_000, "failed")))).toEqual([
      failed(4, "sent_back"),
    ]);
  });

  test("when an operator has it tried again, then by the key of that attempt", () => {
    const again = forUnit(4, 2_000, { attempt: 6 });
    expect(planRefunds({ refunds: [again] }, captured(own(4, 2_000, "failed")))).toEqual([give(6, 2_000)]);
  });

  test("when less is left than is due, then it has failed", () => {
    expect(
      planRefunds(
        { refunds: [granted({ id: "w", number: 4 }, 500, false)] },
        captured(theirs("re_x", 4_000)),
      ),
    ).toEqual([
      failed(4, "nothing_left"),
      tell({ payment: "refunded_outside", outsideId: "re_x", amountMinor: 4_000 }),
    ]);
  });
});

describe("given money that was given back at the provider's own console", () => {
  const noticed = { outside: [{ outsideId: "re_x", amountMinor: 2_000 }] };

  test("when nothing is due, then the records are told once", () => {
    const outside = tell({ payment: "refunded_outside", outsideId: "re_x", amountMinor: 2_000 });
    expect(planRefunds({}, captured(theirs("re_x", 2_000)))).toEqual([outside]);
    expect(planRefunds(noticed, captured(theirs("re_x", 2_000)))).toEqual([]);
    expect(planRefunds({}, captured(theirs("re_x", 2_000, "failed")))).toEqual([]);
  });

  const covering = (amountMinor: number) =>
    planRefunds({ ...noticed, refunds: [forUnit(4, amountMinor)] }, captured(theirs("re_x", 2_000)));

  test("when units come back, then it counts for them, and only the rest is given", () => {
    expect(covering(2_000)).toEqual([refunded(4, 0, 2_000)]);
    expect(covering(3_000)).toEqual([give(4, 1_000)]);
  });

  test("it counts once: what it has covered before is spent", () => {
    const before = forUnit(4, 2_000, { state: "refunded", coveredMinor: 2_000 });
    expect(
      planRefunds({ ...noticed, refunds: [before, forUnit(5)] }, captured(theirs("re_x", 2_000))),
    ).toEqual([give(5, 2_000)]);
  });

  test("it does not count for what an operator grants beside it", () => {
    const beside = granted({ id: "w", number: 5 }, 500, false);
    expect(planRefunds({ ...noticed, refunds: [beside] }, captured(theirs("re_x", 2_000)))).toEqual([
      give(5, 500),
    ]);
  });
});

describe("given money of ours that comes late, after something else has counted for its unit", () => {
  const noticed = { outside: [{ outsideId: "re_x", amountMinor: 2_000 }] };
  const covered = forUnit(4, 2_000, { state: "refunded", coveredMinor: 2_000 });
  const both = captured(theirs("re_x", 2_000), own(4, 2_000));

  test("then it was given, and what counted for the unit is free for another", () => {
    expect(planRefunds({ ...noticed, refunds: [covered] }, both)).toEqual([refunded(4, 2_000)]);
    expect(planRefunds({ ...noticed, refunds: [covered, forUnit(5)] }, both)).toEqual([
      refunded(4, 2_000),
      refunded(5, 0, 2_000),
    ]);
    const recorded = forUnit(4, 2_000, { state: "refunded", givenMinor: 2_000 });
    expect(planRefunds({ ...noticed, refunds: [recorded] }, both)).toEqual([]);
  });

  test("and a bank takes its time, then it is waited for", () => {
    const slow = captured(theirs("re_x", 2_000), own(4, 2_000, "pending"));
    expect(planRefunds({ ...noticed, refunds: [covered] }, slow)).toEqual([{ do: "wait" }]);
  });

  test("and it was paid back another way, then it was given all the same", () => {
    const settled = forUnit(4, 2_000, { state: "refunded" });
    expect(planRefunds({ refunds: [settled] }, captured(own(4, 2_000)))).toEqual([refunded(4, 2_000)]);
  });

  const outside = tell({ payment: "refunded_outside", outsideId: "re_4", amountMinor: 2_000 });
  test("and it had failed, then it is told as given elsewhere, and counts for what is tried again", () => {
    const failedOnce = forUnit(4, 2_000, { state: "failed", why: "refused" });
    expect(planRefunds({ refunds: [failedOnce] }, captured(own(4, 2_000)))).toEqual([outside]);
    const again = forUnit(4, 2_000, { attempt: 6 });
    expect(planRefunds({ refunds: [again] }, captured(own(4, 2_000)))).toEqual([
      refunded(6, 0, 2_000),
      outside,
    ]);
  });

  test("and the ledger did not know yet that it was asked for, then nothing is said of it", () => {
    expect(planRefunds({}, captured(own(7, 2_000)), 6)).toEqual([]);
    expect(planRefunds({ refunds: [forUnit(4)] }, captured(own(7, 2_000)), 6)).toEqual([give(4, 2_000)]);
  });
});

describe("given money that was given back", () => {
  const done = forUnit(4, 2_000, { state: "refunded", givenMinor: 2_000 });
  test("when a bank sends it back weeks later, then it has failed after all", () => {
    expect(planRefunds({ refunds: [done] }, captured(own(4, 2_000, "failed")))).toEqual([
      failed(4, "sent_back"),
    ]);
  });

  test("when it was paid back another way, then what the bank sent back is settled", () => {
    const settled = { ...done, givenMinor: 0 };
    expect(planRefunds({ refunds: [settled] }, captured(own(4, 2_000, "failed")))).toEqual([]);
  });
});
