import { afterAll, beforeEach, describe, expect, test } from "vitest";
import {
  LOCAL_PAYMENT_KEY,
  LOCAL_WEBHOOK_SECRET,
  startPaymentProvider,
} from "../../local/payment/payment-provider.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testQueue, testTables } from "../../tests/support/test-aws.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aSale, FAR_AHEAD_MS } from "../../tests/support/test-sale.ts";
import { systemClock } from "../clock.ts";
import { createOrderQueue } from "../orders/order-queue.sqs.ts";
import { createLedger } from "../reservation/ledger.dynamo.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { createSaleRecords } from "../sale/sale-record.dynamo.ts";
import { ProviderSilent } from "./ask-provider.ts";
import { completePayments } from "./complete-payments.ts";
import { doTask } from "./do-task.ts";
import { endHold } from "./end-hold.ts";
import { lookOnReturn } from "./look-on-return.ts";
import { createOpenPayments } from "./open-payments.dynamo.ts";
import { openPayment } from "./open-payment.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import { settlePayments } from "./settle-payments.ts";
import { createStripe } from "./stripe.http.ts";

const stores = await testStores();
const stripe = await startPaymentProvider();
afterAll(() => stripe.stop());
const dynamo = testTables(stores.dynamoEndpoint);
const queue = testQueue(stores);
const ledger = createLedger(dynamo, stores.ledgerTable);
const saleRecords = createSaleRecords(dynamo, stores.ledgerTable);

let measured: string[] = [];
beforeEach(() => {
  measured = [];
  stripe.setOutage("none");
});
const deps: PaymentDependencies = {
  ledger,
  saleRecords,
  open: createOpenPayments(dynamo, stores.ledgerTable),
  orders: createOrderQueue(queue),
  provider: createStripe({
    key: LOCAL_PAYMENT_KEY,
    webhookSecret: LOCAL_WEBHOOK_SECRET,
    endpoint: stripe.url,
  }),
  clock: systemClock,
  warn: () => {},
  measure: (name) => void measured.push(name),
};

/** A hold of two units in the ledger, of a sale whose gate counts it. */
async function aHold(changes: Partial<Reservation> = {}): Promise<Reservation> {
  const sale = aSale({ priceMinor: 2_000, allocated: 9 });
  const hold = aReservation({ saleId: sale.saleId, quantity: 2, heldUntilMs: FAR_AHEAD_MS, ...changes });
  await saleRecords.put(sale);
  await ledger.put(hold);
  return hold;
}

const open = ({ orderId, buyerId }: Reservation, to = deps) =>
  openPayment(to, { orderId, buyerId, locale: "en", returnUrl: "https://shop.example.com/back" });
async function urlOf(hold: Reservation): Promise<string> {
  const outcome = await open(hold);
  if (outcome.kind !== "open") throw new Error(outcome.kind);
  return outcome.url;
}
const choose = (url: string, choice: string) =>
  fetch(`${url}/${choice}`, { method: "POST", redirect: "manual" });
const stateOf = async ({ orderId, buyerId }: Reservation) => (await ledger.get(orderId, buyerId))?.state;
const intentsOf = ({ orderId }: Reservation) =>
  stripe.books().intents.filter(({ metadata }) => metadata["order_id"] === orderId);
const sessionsOf = ({ orderId }: Reservation) =>
  stripe.books().sessions.filter(({ metadata }) => metadata["order_id"] === orderId);

/** More than a minute from now. */
const later = { ...systemClock, nowMs: () => Date.now() + 61_000 };
const isOpen = async ({ orderId }: Reservation) =>
  (await deps.open.all()).some((order) => order.orderId === orderId);

const received: Record<string, unknown>[] = [];
/** What was sent to the order queue about an order. */
async function sentOf({ orderId }: Reservation): Promise<Record<string, unknown>[]> {
  for (;;) {
    const { Messages = [] } = await queue.send("ReceiveMessage", {
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 600,
    });
    if (Messages.length === 0) return received.filter((message) => message["orderId"] === orderId);
    for (const { Body = "" } of Messages) received.push(JSON.parse(Body) as Record<string, unknown>);
  }
}

describe("opening a payment", () => {
  test("of a hold: the whole amount, one page, however often it is asked for", async () => {
    const hold = await aHold();
    const [first, second] = await Promise.all([urlOf(hold), urlOf(hold)]);
    expect(second).toBe(first);
    expect(await urlOf(hold)).toBe(first);
    expect(sessionsOf(hold)).toHaveLength(1);
    expect(sessionsOf(hold)[0]).toMatchObject({ amountTotal: 4_000, currency: "eur", name: "2 × Sneaker" });
  });

  test("of a hold whose time is not over, by a function whose clock is ten minutes ahead", async () => {
    const hold = await aHold({ heldUntilMs: Date.now() + 60_000 });
    const ahead = { ...deps, clock: { ...systemClock, nowMs: () => Date.now() + 600_000 } };
    expect(await open(hold, ahead)).toMatchObject({ kind: "open" });
  });

  test("of somebody else's order, of one that ended, of one that has been due for long", async () => {
    const hold = await aHold();
    expect(await open({ ...hold, buyerId: aReservation().buyerId })).toEqual({ kind: "not_found" });
    await endHold(deps, hold, hold.buyerId);
    expect(await open(hold)).toMatchObject({ kind: "settled", entry: { state: { kind: "cancelled" } } });
    expect(await open(await aHold({ heldUntilMs: Date.now() - 16 * 60_000 }))).toEqual({ kind: "overdue" });
  });

  test("of a hold that no gate counts: nobody is told where to pay", async () => {
    const hold = await aHold({ epoch: 7 });
    expect(await open(hold)).toEqual({ kind: "checking" });
    expect(sessionsOf(hold)).toEqual([]);
  });

  test("while the provider is down: an error, and the same attempt goes on", async () => {
    const hold = await aHold();
    stripe.setOutage("errors");
    await expect(open(hold)).rejects.toThrow(ProviderSilent);
    stripe.setOutage("none");
    await urlOf(hold);
    expect((await ledger.get(hold.orderId, hold.buyerId))?.payments).toHaveLength(1);
  });

  test("outages use up no attempts, however long they last", async () => {
    const hold = await aHold();
    for (let time = 0; time < 7; time++) {
      const asked = { ...deps, clock: { ...systemClock, nowMs: () => Date.now() + time * 60_000 * 6 } };
      stripe.setOutage("rate_limited");
      await expect(open(hold, asked)).rejects.toThrow(ProviderSilent);
    }
    stripe.setOutage("none");
    await urlOf(hold);
    expect(sessionsOf(hold)).toHaveLength(1);
  });

  test("an attempt keeps its number while the provider has too much to do", async () => {
    const hold = await aHold();
    stripe.setOutage("rate_limited");
    await expect(open(hold)).rejects.toThrow(ProviderSilent);
    const soon = { ...deps, clock: { ...systemClock, nowMs: () => Date.now() + 40_000 } };
    await expect(open(hold, soon)).rejects.toThrow(ProviderSilent);
    expect((await ledger.get(hold.orderId, hold.buyerId))?.payments).toHaveLength(1);
  });

  test("a second attempt is for the amount of the first, though the price has changed", async () => {
    const hold = await aHold();
    await urlOf(hold);
    await atConsole(`checkout/sessions/${sessionsOf(hold)[0]!.id}/expire`);
    await saleRecords.put({ ...(await saleRecords.get(hold.saleId))!, priceMinor: 9_000, revision: 9 });
    await urlOf(hold);
    expect(sessionsOf(hold).map(({ amountTotal }) => amountTotal)).toEqual([4_000, 4_000]);
  });

  test("after the page's own end another attempt is opened", async () => {
    const hold = await aHold();
    const url = await urlOf(hold);
    const { payments } = (await ledger.get(hold.orderId, hold.buyerId))!;
    const payment = await deps.provider.get(payments![0]!.paymentId!);
    if (payment.kind === "payment") await deps.provider.cancel(payment.payment);
    expect(await urlOf(hold)).not.toBe(url);
    expect(sessionsOf(hold).map(({ status }) => status)).toEqual(["expired", "open"]);
  });
});

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
    expect(await endHold(deps, hold, null)).toMatchObject({ state: { kind: "authorised" } });
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

describe("a hold that ends", () => {
  test("unpaid: nobody can pay any more, then it is expired and sent on", async () => {
    const hold = await aHold();
    const url = await urlOf(hold);
    expect(await endHold(deps, hold, null)).toMatchObject({ state: { kind: "expired" } });
    expect(await (await choose(url, "pay")).text()).toContain("Too late");
    expect(intentsOf(hold)).toEqual([]);
    expect(await sentOf(hold)).toMatchObject([{ events: [{ kind: "expired" }] }]);
  });

  test("waits while the provider is out of reach", async () => {
    const hold = await aHold();
    const url = await urlOf(hold);
    stripe.setOutage("errors");
    await expect(endHold(deps, hold, null)).rejects.toThrow(ProviderSilent);
    expect(await stateOf(hold)).toMatchObject({ kind: "held" });
    stripe.setOutage("none");
    await choose(url, "pay");
    expect(await endHold(deps, hold, null)).toMatchObject({ state: { kind: "authorised" } });
  });

  test("and has ended already: the provider is not asked", async () => {
    const hold = await aHold();
    await urlOf(hold);
    await endHold(deps, hold, null);
    stripe.setOutage("errors");
    await doTask(deps, { task: "expire", ...hold });
    expect(await endHold(deps, hold, hold.buyerId)).toMatchObject({ state: { kind: "expired" } });
  });

  test("and was paid all the same: the money goes back, and stays back", async () => {
    const hold = await aHold();
    await choose(await urlOf(hold), "pay");
    // Somebody else was first: a recovery that found it uncounted.
    await ledger.decideHold(hold, { kind: "rejected", id: "reject", number: 1, reason: "stale_epoch" });
    await doTask(deps, { task: "give_up", ...hold });
    await doTask(deps, { task: "give_up", ...hold });
    expect(intentsOf(hold)).toMatchObject([{ status: "canceled", received: 0 }]);
    expect(measured).toEqual(["PaymentsGivenUp"]);
  });

  test("by its buyer, who then paid in another tab: paid", async () => {
    const hold = await aHold();
    await choose(await urlOf(hold), "pay");
    expect(await endHold(deps, hold, hold.buyerId)).toMatchObject({ state: { kind: "authorised" } });
  });
});

/** What somebody does at the provider's own console. */
const atConsole = (path: string, fields: Record<string, string> = {}) =>
  fetch(`${stripe.url}/v1/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${LOCAL_PAYMENT_KEY}` },
    body: new URLSearchParams(fields),
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
