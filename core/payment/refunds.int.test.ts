import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { killed, later, refuse, testPayments } from "../../tests/support/test-payments.ts";
import { systemClock } from "../clock.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import { ProviderSilent } from "./ask-provider.ts";
import { completePayments } from "./complete-payments.ts";
import { doTask } from "./do-task.ts";
import type { PaymentProvider } from "./provider.ts";
import { settlePayments } from "./settle-payments.ts";

const { stripe, deps, ledger, measured, aHold, urlOf, choose, intentsOf, isOpen, sentOf } =
  await testPayments(await testStores());

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
