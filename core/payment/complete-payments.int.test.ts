import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { later, testPayments } from "../../tests/support/test-payments.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { systemClock } from "../clock.ts";
import { completePayments } from "./complete-payments.ts";
import type { PaymentProvider } from "./provider.ts";
import { settlePayments } from "./settle-payments.ts";

const { deps, ledger, aHold, urlOf, choose, stateOf, intentsOf, isOpen, sentOf } = await testPayments(
  await testStores(),
);

test("the completer finds what no message told of, sends it on again, and lets go of what is at rest", async () => {
  const hold = await aHold();
  await choose(await urlOf(hold), "pay");
  await completePayments(deps, 5_000);
  expect(await stateOf(hold)).toMatchObject({ kind: "held" });
  await completePayments({ ...deps, clock: later }, 5_000);
  expect(await stateOf(hold)).toMatchObject({ kind: "authorised" });
  await completePayments({ ...deps, clock: later }, 5_000);
  expect((await sentOf(hold)).length).toBeGreaterThan(0);
  const placed = { kind: "placed", id: "place", number: 2 } as const;
  await ledger.copyEvents([{ reservation: hold, event: placed }]);
  await completePayments({ ...deps, clock: later }, 5_000);
  expect(intentsOf(hold)).toMatchObject([{ status: "succeeded" }]);
  expect(await isOpen(hold)).toBe(true);
  const confirmed = { kind: "confirmed", id: "confirm", number: 3 } as const;
  await ledger.copyEvents([{ reservation: hold, event: confirmed }]);
  await completePayments({ ...deps, clock: later }, 5_000);
  expect(await isOpen(hold)).toBe(false);
});

test("however many refunds there are: what is known is completed first, and the rest is read on by later runs", async () => {
  const hold = await aHold();
  await choose(await urlOf(hold), "pay");
  let nowMs = later.nowMs();
  const clock = { ...systemClock, nowMs: () => nowMs, monotonicMs: () => nowMs };
  const pages: (string | null)[] = [];
  const refundedSince: PaymentProvider["refundedSince"] = async (_since, after) => {
    expect(await stateOf(hold)).toMatchObject({ kind: "authorised" });
    pages.push(after);
    nowMs += 1_000;
    const page = Number(after ?? 0);
    const { orderId, buyerId } = aReservation();
    return {
      refunds: [{ orderId, buyerId, refundId: `re_${page}`, key: null }],
      next: page < 5 ? String(page + 1) : null,
    };
  };
  const slow = { ...deps, clock, provider: { ...deps.provider, refundedSince } };
  for (let run = 0; run < 3; run++) await completePayments(slow, 2_000);
  expect(pages).toEqual([null, "1", "2", "3", "4", "5"]);
  // The next look begins anew.
  await completePayments(slow, 500);
  expect(pages.at(-1)).toBeNull();
});

test("a refund of ours that the ledger has as given is not looked at again; one that it has not is", async () => {
  const hold = await aHold();
  await choose(await urlOf(hold), "pay");
  await settlePayments(deps, hold);
  const { orderId, buyerId } = hold;
  const refundedSince: PaymentProvider["refundedSince"] = async () => ({
    refunds: [{ orderId, buyerId, refundId: "re_4", key: `${orderId}:refund:4` }],
    next: null,
  });
  const withRefund = { ...deps, provider: { ...deps.provider, refundedSince } };
  const history = [
    { kind: "placed", id: "place", number: 2 },
    { kind: "confirmed", id: "confirm", number: 3 },
    { kind: "refund_granted", id: "wish", number: 4, amountMinor: 10, reason: "", actorId: "byr_2" },
  ] as const;
  await ledger.copyEvents(history.map((event) => ({ reservation: hold, event })));
  await deps.open.remove(orderId);
  await completePayments(withRefund, 5_000);
  expect(await isOpen(hold)).toBe(true);
  const given = {
    kind: "refunded",
    id: "refunded:4",
    number: 5,
    attempt: 4,
    givenMinor: 10,
    coveredMinor: 0,
  } as const;
  await ledger.copyEvents([{ reservation: hold, event: given }]);
  await deps.open.remove(orderId);
  await completePayments(withRefund, 5_000);
  expect(await isOpen(hold)).toBe(false);
});
