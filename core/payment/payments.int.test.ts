import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { later, testPayments } from "../../tests/support/test-payments.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { systemClock } from "../clock.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import { ProviderSilent } from "./ask-provider.ts";
import { completePayments } from "./complete-payments.ts";
import { doTask } from "./do-task.ts";
import { lookOnReturn } from "./look-on-return.ts";
import { settlePayments } from "./settle-payments.ts";

const {
  stripe,
  deps,
  ledger,
  measured,
  aHold,
  urlOf,
  choose,
  expire,
  atConsole,
  stateOf,
  intentsOf,
  isOpen,
  sentOf,
} = await testPayments(await testStores());

describe("a hold that is paid for", () => {
  test("is authorised once, sent on, and captured once it is placed", async () => {
    const hold = await aHold();
    await choose(await urlOf(hold), "pay");
    await Promise.all([settlePayments(deps, hold), settlePayments(deps, hold)]);
    const state = await stateOf(hold);
    expect(state).toMatchObject({ kind: "authorised", payment: { amountMinor: 4_000, currency: "EUR" } });
    // Whoever put it may send it twice: the consumer takes one event once.
    const sent = (await sentOf(hold)).map(({ events }) => events);
    expect(sent.length).toBeGreaterThan(0);
    for (const events of sent) expect(events).toMatchObject([{ kind: "authorised", number: 1 }]);
    // Not placed: its money is not taken yet.
    await doTask(deps, { task: "capture", ...hold });
    expect(intentsOf(hold)).toMatchObject([{ status: "requires_capture" }]);
    await ledger.copyEvents([{ reservation: hold, event: { kind: "placed", id: "place", number: 2 } }]);
    await doTask(deps, { task: "capture", ...hold });
    await doTask(deps, { task: "capture", ...hold });
    expect(intentsOf(hold)).toMatchObject([{ status: "succeeded", received: 4_000 }]);
    const reports = (await sentOf(hold)).filter((message) => "payment" in message);
    expect(reports[0]).toMatchObject({ payment: "captured", paymentId: state?.payment?.paymentId });
  });

  test("that its time passed meanwhile is authorised, not expired", async () => {
    const hold = await aHold();
    await choose(await urlOf(hold), "pay");
    expect(await expire(hold)).toMatchObject({ state: { kind: "authorised" } });
    expect(intentsOf(hold)).toMatchObject([{ status: "requires_capture" }]);
  });

  test("a bank that hands over nothing: the money is let go, and that is reported", async () => {
    const hold = await aHold();
    await choose(await urlOf(hold), "uncapturable");
    await settlePayments(deps, hold);
    await ledger.copyEvents([{ reservation: hold, event: { kind: "placed", id: "place", number: 2 } }]);
    await doTask(deps, { task: "capture", ...hold });
    expect(intentsOf(hold)).toMatchObject([{ status: "canceled" }]);
    const reports = (await sentOf(hold)).filter((message) => "payment" in message);
    expect(reports).toMatchObject([{ payment: "failed", why: "capture_refused" }]);
    expect(measured).toContain("CapturesFailed");
  });
});

test("whoever calls the return address again and again has the provider asked once in five seconds", async () => {
  let asked = 0;
  let nowMs = Date.now();
  const counting = {
    ...deps,
    clock: { ...systemClock, nowMs: () => nowMs },
    provider: { ...deps.provider, get: (id: string) => (asked++, deps.provider.get(id)) },
  };
  const hold = await aHold();
  const comeBack = () => lookOnReturn(counting, hold);
  await comeBack();
  expect(asked).toBe(0);
  await choose(await urlOf(hold), "pay");
  await Promise.all([comeBack(), comeBack(), comeBack()]);
  expect(asked).toBe(1);
  expect(await stateOf(hold)).toMatchObject({ kind: "authorised" });
  nowMs += 4_999;
  await comeBack();
  expect(asked).toBe(1);
  nowMs += 1;
  await comeBack();
  expect(asked).toBe(2);
  await lookOnReturn({ ...counting, clock: later }, { ...hold, buyerId: aReservation().buyerId });
  await deps.open.remove(hold.orderId);
  await lookOnReturn({ ...counting, clock: later }, hold);
  expect(asked).toBe(2);
});

const refuse = async () => ({ kind: "refused", why: "conflict" }) as const;

test("money of an order that ended is never forgotten, though the provider refuses to give it back", async () => {
  const hold = await aHold();
  await choose(await urlOf(hold), "pay");
  await ledger.decideHold(hold, { kind: "rejected", id: "reject", number: 1, reason: "stale_epoch" });
  await atConsole(`payment_intents/${intentsOf(hold)[0]!.id}/capture`);
  const refusing = { ...deps, provider: { ...deps.provider, refund: refuse } };
  await expect(doTask(refusing, { task: "give_up", ...hold })).rejects.toThrow("can't be given back");
  await completePayments({ ...refusing, clock: later }, 5_000);
  expect(await isOpen(hold)).toBe(true);
  await completePayments({ ...deps, clock: later }, 5_000);
  expect(intentsOf(hold)).toMatchObject([{ status: "succeeded", refunded: 4_000 }]);
  expect(await isOpen(hold)).toBe(false);
});

test("a task is on the list of what is open before the provider is asked", async () => {
  for (const task of ["give_up", "refund"] as const) {
    const hold = await aHold();
    await choose(await urlOf(hold), "pay");
    await deps.open.remove(hold.orderId);
    stripe.setOutage("rate_limited");
    await expect(doTask(deps, { task, ...hold })).rejects.toThrow(ProviderSilent);
    stripe.setOutage("none");
    expect(await isOpen(hold)).toBe(true);
  }
});

/** An order of three units whose money was taken, and what is given back of it. */
async function aPaidOrder() {
  const hold = await aHold({ quantity: 3 });
  await choose(await urlOf(hold), "pay");
  await settlePayments(deps, hold);
  const put = (event: ReservationEvent) => ledger.copyEvents([{ reservation: hold, event }]);
  await put({ kind: "placed", id: "place", number: 2 });
  await doTask(deps, { task: "capture", ...hold });
  await put({ kind: "confirmed", id: "confirm", number: 3 });
  const intent = intentsOf(hold)[0]!.id;
  return {
    hold,
    intent,
    refunded: () => intentsOf(hold)[0]!.refunded,
    comeBack: (number: number) =>
      put({
        kind: "returned",
        id: `cancel-${number}`,
        number,
        units: 1,
        isWithheld: false,
        actorId: hold.buyerId,
        reason: "too many",
      }),
  };
}

test("what was given back at the provider's own console is not given back again", async () => {
  const { hold, intent, refunded, comeBack } = await aPaidOrder();
  await comeBack(4);
  await atConsole("refunds", { payment_intent: intent, amount: "2000" });
  await doTask(deps, { task: "refund", ...hold });
  expect(refunded()).toBe(2_000);
  await comeBack(5);
  await doTask(deps, { task: "refund", ...hold });
  await doTask(deps, { task: "refund", ...hold });
  expect(refunded()).toBe(4_000);
});

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
