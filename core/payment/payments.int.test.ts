import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { killed, later, refuse, testPayments } from "../../tests/support/test-payments.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { systemClock } from "../clock.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { ProviderSilent } from "./ask-provider.ts";
import { completePayments } from "./complete-payments.ts";
import { doTask } from "./do-task.ts";
import { lookOnReturn } from "./look-on-return.ts";
import type { PaymentProvider } from "./provider.ts";
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
  mailsAbout,
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
    // Whoever decides on it counts it, once.
    expect(measured).not.toContain("CapturesFailed");
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

const undone = (hold: Reservation) => ({ kind: "payment_undone", number: 1, buyerId: hold.buyerId });
const reject = (hold: Reservation) =>
  ledger.decideHold(hold, { kind: "rejected", id: "reject", number: 1, reason: "stale_epoch" });
const complete = (changes: object = {}) => completePayments({ ...deps, clock: later, ...changes }, 5_000);

async function aLateOne(choice = "pay") {
  const hold = await aHold();
  await choose(await urlOf(hold), choice);
  await reject(hold);
  return hold;
}

describe("a buyer whose payment came too late is told, once it is undone", () => {
  test("that nothing was taken, though whoever let it go was killed before the list knew of it", async () => {
    const hold = await aLateOne();
    await deps.open.remove(hold.orderId);
    const cancel = async (...call: Parameters<PaymentProvider["cancel"]>) => {
      await deps.provider.cancel(...call);
      return killed();
    };
    const dying = { ...deps, provider: { ...deps.provider, cancel } };
    await expect(settlePayments(dying, hold)).rejects.toThrow("killed");
    expect(intentsOf(hold)).toMatchObject([{ status: "canceled" }]);
    expect(await mailsAbout(hold)).toEqual([]);
    await complete();
    const mail = { ...undone(hold), why: "too_late", takenMinor: 0, currency: "EUR" };
    expect(await mailsAbout(hold)).toMatchObject([mail]);
    await complete();
    expect(await mailsAbout(hold)).toHaveLength(1);
  });

  test("how much goes back, not before the bank takes it; killed before the list knows, the same again", async () => {
    const hold = await aLateOne("refunds_pending");
    await atConsole(`payment_intents/${intentsOf(hold)[0]!.id}/capture`);
    await complete();
    expect(await mailsAbout(hold)).toEqual([]);
    expect(await isOpen(hold)).toBe(true);
    stripe.endRefund(
      stripe.books().refunds.find(({ intent }) => intent === intentsOf(hold)[0]!.id)!.id,
      "succeeded",
    );
    const clock = { ...systemClock, nowMs: () => Date.now() + 3_700_000 };
    await complete({ clock, mails: { sendAll: killed } });
    expect(await isOpen(hold)).toBe(true);
    await complete({ clock, open: { ...deps.open, remove: killed } });
    await complete({ clock });
    const mail = { ...undone(hold), why: "too_late", takenMinor: 4_000 };
    expect(await mailsAbout(hold)).toMatchObject([mail, mail]);
    expect(await isOpen(hold)).toBe(false);
  });

  test("and nobody of a page that was never paid on, or whose card was declined", async () => {
    const [never, declined] = [await aHold(), await aLateOne("decline")];
    await urlOf(never);
    await reject(never);
    await complete();
    expect([await isOpen(never), await isOpen(declined)]).toEqual([false, false]);
    expect([...(await mailsAbout(never)), ...(await mailsAbout(declined))]).toEqual([]);
  });
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
