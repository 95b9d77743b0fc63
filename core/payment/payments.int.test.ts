import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { later, testPayments } from "../../tests/support/test-payments.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { systemClock } from "../clock.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { ProviderSilent } from "./ask-provider.ts";
import { completePayments } from "./complete-payments.ts";
import { doTask } from "./do-task.ts";
import { lookOnReturn } from "./look-on-return.ts";
import type { PaymentProvider } from "./provider.ts";
import { settlePayments } from "./settle-payments.ts";

const at = await testPayments(await testStores());
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
} = at;

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

/** An order of three units at 20.00 whose money was taken, by a card that does so with what is given back. */
async function aPaidOrder(choice = "pay") {
  const hold = await aHold({ quantity: 3 });
  await choose(await urlOf(hold), choice);
  await settlePayments(deps, hold);
  const put = (event: ReservationEvent) => ledger.copyEvents([{ reservation: hold, event }]);
  await put({ kind: "placed", id: "place", number: 2 });
  await doTask(deps, { task: "capture", ...hold });
  await put({ kind: "confirmed", id: "confirm", number: 3 });
  const intent = intentsOf(hold)[0]!.id;
  const refunds = () => stripe.books().refunds.filter((refund) => refund.intent === intent);
  return {
    hold,
    intent,
    put,
    refunds,
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
        refundMinor: 2_000,
      }),
    news: async (kind: string) => (await sentOf(hold)).filter((message) => message["payment"] === kind),
  };
}

const killed = async () => Promise.reject(new Error("killed"));

describe("money that is due back", () => {
  test("is given once for each time, and the records are told, however often it is asked for", async () => {
    const { hold, comeBack, refunded, refunds, news } = await aPaidOrder();
    await comeBack(4);
    await Promise.all([doTask(deps, { task: "refund", ...hold }), doTask(deps, { task: "refund", ...hold })]);
    await comeBack(5);
    await doTask(deps, { task: "refund", ...hold });
    expect(refunded()).toBe(4_000);
    expect(refunds()).toHaveLength(2);
    const given = await news("refunded");
    expect(new Set(given.map(({ attempt }) => attempt))).toEqual(new Set([4, 5]));
    expect(given[0]).toMatchObject({ givenMinor: 2_000, coveredMinor: 0 });
  });

  test.each(["before the provider is called", "after it has answered", "before the records are told"])(
    "of a worker that is killed %s: it is given once, and told",
    async (when) => {
      const { hold, comeBack, refunded, refunds, news } = await aPaidOrder();
      await comeBack(4);
      const provider = {
        ...deps.provider,
        refund: async (...call: Parameters<PaymentProvider["refund"]>) => {
          if (when.startsWith("after")) await deps.provider.refund(...call);
          return killed();
        },
      };
      const orders = { ...deps.orders, sendReport: killed };
      const dying = when.startsWith("before the records") ? { ...deps, orders } : { ...deps, provider };
      await expect(doTask(dying, { task: "refund", ...hold })).rejects.toThrow("killed");
      expect(await isOpen(hold)).toBe(true);
      await completePayments({ ...deps, clock: later }, 5_000);
      expect([refunded(), refunds().length]).toEqual([2_000, 1]);
      expect(await news("refunded")).not.toEqual([]);
      // The records have not said so yet.
      expect(await isOpen(hold)).toBe(true);
    },
  );

  test("while a bank takes its time is waited for, without asking each minute", async () => {
    const { hold, comeBack, put, refunds, news } = await aPaidOrder("refunds_pending");
    await comeBack(4);
    await doTask(deps, { task: "refund", ...hold });
    expect(refunds()).toMatchObject([{ status: "pending" }]);
    expect(await news("refunded")).toEqual([]);
    await completePayments({ ...deps, clock: later }, 5_000);
    let asked = 0;
    const { paymentId } = (await ledger.get(hold.orderId, hold.buyerId))!.payments![0]!;
    const get = (id: string) => {
      if (id === paymentId) asked++;
      return deps.provider.get(id);
    };
    await completePayments({ ...deps, clock: later, provider: { ...deps.provider, get } }, 5_000);
    expect(asked).toBe(0);
    stripe.endRefund(refunds()[0]!.id, "succeeded");
    const hours = { ...systemClock, nowMs: () => Date.now() + 3_700_000 };
    await completePayments({ ...deps, clock: hours }, 5_000);
    expect(await news("refunded")).toMatchObject([{ attempt: 4, givenMinor: 2_000 }]);
    await put({
      kind: "refunded",
      id: "refunded:4",
      number: 5,
      attempt: 4,
      givenMinor: 2_000,
      coveredMinor: 0,
    });
    await completePayments({ ...deps, clock: hours }, 5_000);
    expect(await isOpen(hold)).toBe(false);
  });

  test("that a bank sends back has failed: it is told, and given again only by another attempt", async () => {
    const { hold, comeBack, put, refunded, refunds, news } = await aPaidOrder();
    await comeBack(4);
    await doTask(deps, { task: "refund", ...hold });
    stripe.endRefund(refunds()[0]!.id, "failed");
    await doTask(deps, { task: "refund", ...hold });
    expect(await news("refund_failed")).toMatchObject([{ attempt: 4, why: "sent_back" }]);
    expect([refunded(), measured]).toEqual([0, ["RefundsFailed"]]);
    await put({ kind: "refund_failed", id: "refund_failed:4", number: 5, attempt: 4, why: "sent_back" });
    await doTask(deps, { task: "refund", ...hold });
    expect(refunds()).toHaveLength(1);
    await put({ kind: "refund_retried", id: "w", number: 6, refundId: "cancel-4", reason: "", actorId: "" });
    await doTask(deps, { task: "refund", ...hold });
    expect([refunded(), refunds().length]).toEqual([2_000, 2]);
  });

  test("that the provider refuses for good has failed; one that says nothing is asked again", async () => {
    const { hold, comeBack, news } = await aPaidOrder();
    await comeBack(4);
    stripe.setOutage("errors");
    await expect(doTask(deps, { task: "refund", ...hold })).rejects.toThrow(ProviderSilent);
    stripe.setOutage("none");
    expect(await news("refund_failed")).toEqual([]);
    await doTask({ ...deps, provider: { ...deps.provider, refund: refuse } }, { task: "refund", ...hold });
    expect(await news("refund_failed")).toMatchObject([{ attempt: 4, why: "refused" }]);
  });
});

const atOwnConsole = (intent: string, amount: number) =>
  fetch(`${stripe.url}/console/payments/${intent}/refund`, {
    method: "POST",
    body: new URLSearchParams({ amount: String(amount) }),
    redirect: "manual",
  });

describe("money that was given back at the provider's own console", () => {
  test("is noticed by the completer though no message came: told once, and nothing is given", async () => {
    const { hold, intent, put, refunds, news } = await aPaidOrder();
    await completePayments({ ...deps, clock: later }, 5_000);
    expect(await isOpen(hold)).toBe(false);
    expect((await atOwnConsole(intent, 500)).status).toBe(303);
    await completePayments(deps, 5_000);
    expect(await isOpen(hold)).toBe(true);
    await completePayments({ ...deps, clock: later }, 5_000);
    const [noticed] = await news("refunded_outside");
    expect(noticed).toMatchObject({ outsideId: refunds()[0]!.id, amountMinor: 500 });
    const outsideId = String(noticed!["outsideId"]);
    await put({
      kind: "refunded_outside",
      id: `outside:${outsideId}`,
      number: 4,
      outsideId,
      amountMinor: 500,
    });
    await completePayments({ ...deps, clock: later }, 5_000);
    expect(await isOpen(hold)).toBe(false);
    expect(refunds()).toHaveLength(1);
  });

  test("counts for units that come back: only the rest is given", async () => {
    const { hold, intent, refunded, comeBack, news } = await aPaidOrder();
    await comeBack(4);
    await atOwnConsole(intent, 2_000);
    await doTask(deps, { task: "refund", ...hold });
    expect(refunded()).toBe(2_000);
    expect(await news("refunded")).toMatchObject([{ attempt: 4, givenMinor: 0, coveredMinor: 2_000 }]);
    await comeBack(5);
    await doTask(deps, { task: "refund", ...hold });
    await doTask(deps, { task: "refund", ...hold });
    // The first unit is covered once.
    expect(refunded()).toBe(4_000);
  });

  test("and by ours too, late, though it had counted: both are told, and what counted is free for another unit", async () => {
    const { hold, intent, put, refunded, comeBack, news } = await aPaidOrder();
    await comeBack(4);
    await atOwnConsole(intent, 2_000);
    await doTask(deps, { task: "refund", ...hold });
    const [noticed] = await news("refunded_outside");
    const outside = { outsideId: String(noticed!["outsideId"]), amountMinor: 2_000 };
    await put({ kind: "refunded_outside", id: "outside", number: 5, ...outside });
    const covered = { attempt: 4, givenMinor: 0, coveredMinor: 2_000 };
    await put({ kind: "refunded", id: "refunded:4", number: 6, ...covered });
    await completePayments({ ...deps, clock: later }, 5_000);
    expect(await isOpen(hold)).toBe(false);
    // A call that nobody had answered takes effect.
    const { state, payments } = (await ledger.get(hold.orderId, hold.buyerId))!;
    const answer = await deps.provider.get(payments![0]!.paymentId!);
    if (answer.kind !== "payment") throw new Error(answer.why);
    await deps.provider.refund(answer.payment, 2_000, `${hold.orderId}:refund:4`);
    await completePayments(deps, 5_000);
    await completePayments({ ...deps, clock: later }, 5_000);
    expect((await news("refunded")).at(-1)).toMatchObject({ attempt: 4, givenMinor: 2_000, coveredMinor: 0 });
    expect(refunded()).toBe(4_000);
    await put({
      kind: "refunded",
      id: "late",
      number: state.number + 1,
      attempt: 4,
      givenMinor: 2_000,
      coveredMinor: 0,
    });
    await comeBack(8);
    await doTask(deps, { task: "refund", ...hold });
    expect((await news("refunded")).at(-1)).toMatchObject({ attempt: 8, givenMinor: 0, coveredMinor: 2_000 });
    expect(refunded()).toBe(4_000);
  });
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
