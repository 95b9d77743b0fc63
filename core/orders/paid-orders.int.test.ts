import { Redis } from "ioredis";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { gateOn, reservationOf } from "../../tests/gate/test-gate.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import {
  aPayment,
  authorisedBy,
  decidedMessage,
  expired,
  reportMessage,
  standingIn,
  unitsIn,
} from "../../tests/support/test-holds.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { openSqs } from "../aws/connect.sqs.ts";
import { newBuyerId } from "../ids.ts";
import { createMailQueue } from "../mail/mail-queue.sqs.ts";
import { createPaymentQueue } from "../payment/payment-queue.sqs.ts";
import { createLedger } from "../reservation/ledger.dynamo.ts";
import { parsePaymentTask } from "../reservation/payment-task.ts";
import type { Reservation } from "../reservation/reservation.ts";
import type { Wish } from "../reservation/wish.ts";
import { revenueOf } from "../sale/revenue.postgres.ts";
import type { Sale } from "../sale/sale.ts";
import { consumeOrders } from "./consume-orders.ts";

const stores = await testStores();
const { db, insert, rowsOf, soldOf } = testOrders(stores.databaseUrl);
const ledger = createLedger(testTables(stores.dynamoEndpoint), stores.ledgerTable);
const redis = new Redis(stores.redisUrl);
const sqs = openSqs(stores.paymentQueueUrl, stores.sqsEndpoint);
const mailSqs = openSqs(stores.mailQueueUrl, stores.sqsEndpoint);
afterAll(() => {
  redis.disconnect();
  sqs.close();
  mailSqs.close();
});
const { gate, load, reserve } = gateOn(redis);

const warnings: string[] = [];
const measured: string[] = [];
const deps = {
  db,
  ledger,
  gate,
  payments: createPaymentQueue(sqs),
  mails: createMailQueue(mailSqs),
  warn: (what: string) => void warnings.push(what),
  measure: (name: string) => void measured.push(name),
};
const consume = (...messages: Parameters<typeof consumeOrders>[1][number][]) => consumeOrders(deps, messages);

/** What the payment functions were asked to do since the last look. */
async function tasks(): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send("ReceiveMessage", { MaxNumberOfMessages: 10 });
    if (Messages.length === 0) return found.toSorted();
    found.push(...Messages.map(({ Body }) => parsePaymentTask(Body ?? "").task));
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send("DeleteMessageBatch", { Entries });
  }
}
beforeEach(async () => void (await tasks()));

const killed = async () => Promise.reject(new Error("killed"));
const payment = { kind: "held", holdSeconds: 60 } as const;

/** A sale that is paid for, in all stores. */
async function paidSale(settings: Partial<Sale> = {}): Promise<Sale> {
  const sale = await insert({ payment, allocated: 2, ...settings });
  return load(sale);
}

/** A hold that its gate counts and the ledger has. */
async function hold({ saleId }: Sale, quantity = 1): Promise<Reservation> {
  const reservation = reservationOf(await reserve(saleId, { quantity }));
  await ledger.put(reservation);
  return reservation;
}

/** The same, paid for. */
async function paidHold(sale: Sale): Promise<Reservation> {
  const reservation = await hold(sale);
  await ledger.decideHold(reservation, authorisedBy());
  return reservation;
}

const stateOf = (reservation: Reservation) => standingIn(ledger, reservation);
const soldUnitsOf = async (sale: Sale) => (await revenueOf(db, sale)).soldUnits;
const rowStates = async (sale: Sale) => (await rowsOf(sale.saleId)).map(({ state }) => state);

test("revenue counts an order from when its money is taken, and none whose money never comes", async () => {
  const sale = await paidSale();
  const [paid, unpaid] = [await paidHold(sale), await paidHold(sale)];
  await consume(decidedMessage(paid, authorisedBy()), decidedMessage(unpaid, authorisedBy()));
  expect([await rowStates(sale), await soldUnitsOf(sale)]).toEqual([["placed", "placed"], 0]);
  const failure = { payment: "failed", why: "capture_refused" } as const;
  await consume(reportMessage(paid, "pay_1"), reportMessage(unpaid, "pay_1", failure));
  expect((await rowStates(sale)).toSorted()).toEqual(["confirmed", "failed"]);
  expect(await soldUnitsOf(sale)).toBe(1);
});

describe("a hold that was paid for", () => {
  test("is placed: it has a row, its units are sold, and its money is asked for", async () => {
    const sale = await paidSale();
    const order = await paidHold(sale);
    expect(await consume(decidedMessage(order, authorisedBy()))).toEqual([]);
    expect(await stateOf(order)).toBe("placed");
    expect(await rowStates(sale)).toEqual(["placed"]);
    expect(await soldOf(sale.saleId)).toBe(1);
    expect(await unitsIn(gate, sale.saleId)).toBe("1 available, 0 held, 1 sold");
    expect(await tasks()).toEqual(["capture"]);
  });

  test("is placed once, however often its message comes; its money is asked for again until it is there", async () => {
    const sale = await paidSale();
    const order = await paidHold(sale);
    const message = () => decidedMessage(order, authorisedBy());
    expect(await consume(message(), message())).toEqual([]);
    expect(await consume(message())).toEqual([]);
    expect(await rowStates(sale)).toEqual(["placed"]);
    expect(await tasks()).toEqual(["capture", "capture"]);
    expect(await consume(reportMessage(order, "pay_1"), message())).toEqual([]);
    expect(await consume(message())).toEqual([]);
    expect(await rowStates(sale)).toEqual(["confirmed"]);
    expect(await soldOf(sale.saleId)).toBe(1);
    expect(await unitsIn(gate, sale.saleId)).toBe("1 available, 0 held, 1 sold");
  });

  test("is confirmed once its money is taken, and a late failure changes nothing", async () => {
    const sale = await paidSale();
    const order = await paidHold(sale);
    await consume(decidedMessage(order, authorisedBy()));
    await tasks();
    expect(await consume(reportMessage(order, "pay_1"))).toEqual([]);
    expect(await consume(reportMessage(order, "pay_1"))).toEqual([]);
    const late = { payment: "failed", why: "authorisation_lapsed" } as const;
    expect(await consume(reportMessage(order, "pay_1", late))).toEqual([]);
    expect(await stateOf(order)).toBe("confirmed");
    expect(await tasks()).toEqual([]);
  });

  test("fails if its money never comes: its units go back, and money that comes after all is given up", async () => {
    const sale = await paidSale();
    const order = await paidHold(sale);
    await consume(decidedMessage(order, authorisedBy()));
    await tasks();
    const failure = { payment: "failed", why: "capture_refused" } as const;
    measured.length = 0;
    // The worker tells it, and so do the completer and the provider's messages.
    const lapsed = { payment: "failed", why: "authorisation_lapsed" } as const;
    const reports = () => [reportMessage(order, "pay_1", failure), reportMessage(order, "pay_1", lapsed)];
    expect(await consume(...reports())).toEqual([]);
    expect(await consume(...reports())).toEqual([]);
    expect(measured.filter((name) => name === "CapturesFailed")).toHaveLength(1);
    expect(await stateOf(order)).toBe("failed");
    expect(await rowStates(sale)).toEqual(["failed"]);
    expect(await soldOf(sale.saleId)).toBe(0);
    expect(await unitsIn(gate, sale.saleId)).toBe("2 available, 0 held, 0 sold");
    expect(new Set(await tasks())).toEqual(new Set(["give_up"]));
    expect(await consume(reportMessage(order, "pay_1"))).toEqual([]);
    expect(await stateOf(order)).toBe("failed");
    expect(await tasks()).toContain("give_up");
  });

  test("is confirmed by its own payment alone", async () => {
    const sale = await paidSale();
    const order = await paidHold(sale);
    await consume(decidedMessage(order, authorisedBy()));
    await tasks();
    expect(await consume(reportMessage(order, "pay_2"))).toEqual([]);
    expect(await stateOf(order)).toBe("placed");
    expect(await tasks()).toContain("give_up");
  });

  test("is rejected if a law refuses it: its units go back, and its payment is given up", async () => {
    const sale = await paidSale({ purchaseLimit: 1 });
    const order = await paidHold(sale);
    const other = { ...aReservation({ saleId: sale.saleId, buyerId: order.buyerId }), n: 77 };
    await consume({ messageId: "other", body: JSON.stringify(other) });
    expect(await consume(decidedMessage(order, authorisedBy()))).toEqual([]);
    expect(await stateOf(order)).toBe("rejected: over_purchase_limit");
    expect(await soldOf(sale.saleId)).toBe(1);
    expect(await unitsIn(gate, sale.saleId)).toBe("2 available, 0 held, 0 sold");
    expect(await tasks()).toEqual(["give_up"]);
  });

  test("of an older epoch is placed if its gate counts it, and rejected if no unit is left for it", async () => {
    const sale = await paidSale({ epoch: 2, allocated: 1 });
    const counted = await paidHold(sale);
    const old = { ...counted, epoch: 1 };
    expect(await consume(decidedMessage(old, authorisedBy()))).toEqual([]);
    expect(await stateOf(counted)).toBe("placed");
    const ghost = aReservation({ saleId: sale.saleId, heldUntilMs: 1 });
    await ledger.put(ghost);
    await ledger.decideHold(ghost, authorisedBy(aPayment({ paymentId: "pay_9" })));
    expect(await consume(decidedMessage(ghost, authorisedBy(aPayment({ paymentId: "pay_9" }))))).toEqual([]);
    expect(await stateOf(ghost)).toBe("rejected: stale_epoch");
    expect(await tasks()).toEqual(["capture", "give_up"]);
  });
});

const eventsOf = (order: Reservation) =>
  db
    .selectFrom("order_events")
    .select(["number", "event_id", "kind", "detail"])
    .where("order_id", "=", order.orderId)
    .orderBy("number")
    .execute();

describe("a hold that ended unpaid", () => {
  test("has a row without units and the event that ended it, and its units go back, once", async () => {
    const sale = await paidSale();
    const order = await hold(sale);
    await ledger.decideHold(order, expired);
    const message = () => decidedMessage(order, expired);
    expect(await consume(message(), message())).toEqual([]);
    expect(await consume(message())).toEqual([]);
    const [row, ...others] = await rowsOf(sale.saleId);
    expect(row).toMatchObject({
      id: order.orderId,
      state: "expired",
      quantity: 1,
      units_left: 0,
      n: order.n,
    });
    expect(others).toEqual([]);
    expect(await eventsOf(order)).toEqual([
      { number: 1, event_id: "expire", kind: "expired", detail: expired },
    ]);
    expect(await soldOf(sale.saleId)).toBe(0);
    expect(await stateOf(order)).toBe("expired");
    expect(await unitsIn(gate, sale.saleId)).toBe("2 available, 0 held, 0 sold");
    expect(await tasks()).toEqual([]);
  });

  test("counts against no limit: several of a buyer have rows, and another buyer's neighbour is placed beside them", async () => {
    const sale = await paidSale({ purchaseLimit: 1 });
    const buyerId = newBuyerId(Date.now());
    const cancelled = { kind: "cancelled", id: "cancel", number: 1, actorId: buyerId } as const;
    const first = reservationOf(await reserve(sale.saleId, { buyerId }));
    await ledger.put(first);
    await ledger.decideHold(first, cancelled);
    expect(await consume(decidedMessage(first, cancelled))).toEqual([]);
    const second = reservationOf(await reserve(sale.saleId, { buyerId }));
    await ledger.put(second);
    await ledger.decideHold(second, expired);
    const paid = await paidHold(sale);
    expect(await consume(decidedMessage(second, expired), decidedMessage(paid, authorisedBy()))).toEqual([]);
    expect((await rowStates(sale)).toSorted()).toEqual(["cancelled", "expired", "placed"]);
    expect((await eventsOf(first)).map(({ kind, detail }) => [kind, detail])).toEqual([
      ["cancelled", cancelled],
    ]);
  });

  test("that is poison holds back none beside it", async () => {
    const sale = await paidSale();
    const [order, broken] = [await hold(sale), await hold(sale)];
    await ledger.decideHold(order, expired);
    await ledger.decideHold(broken, expired);
    const poison = decidedMessage({ ...broken, quantity: 10 ** 12 }, expired);
    expect(await consume(poison, decidedMessage(order, expired))).toEqual([poison.messageId]);
    expect(await rowStates(sale)).toEqual(["expired"]);
  });
});

const wishOf = ({ saleId, orderId, buyerId }: Reservation): Wish => ({
  wish: "return",
  wishId: `wish_${orderId}`,
  saleId,
  orderId,
  buyerId,
  units: 1,
  isWithheld: false,
  reason: "the buyer asked",
  actorId: "byr_staff",
  wishedAtMs: 1,
  requestId: "request-2",
});
const messageOf = (wish: Wish) => ({ messageId: crypto.randomUUID(), body: JSON.stringify(wish) });

describe("a wish about a hold", () => {
  test("that is open has those who reach the provider end it, and counts as decided by how it ends", async () => {
    const sale = await paidSale();
    const order = await hold(sale);
    const wish = wishOf(order);
    const message = messageOf(wish);
    // It does not wait on the queue, where it would be a dead letter in the end: it is on the list of open wishes.
    expect(await consume(message)).toEqual([]);
    expect(await tasks()).toEqual(["cancel"]);
    const { wishId, actorId } = wish;
    const cancelled = { kind: "cancelled", id: `cancel:${wishId}`, number: 1, actorId, wishId } as const;
    await ledger.decideHold(order, cancelled);
    expect(await consume(decidedMessage(order, cancelled), message)).toEqual([]);
    expect(await rowStates(sale)).toEqual(["cancelled"]);
    expect(await eventsOf(order)).toMatchObject([{ kind: "cancelled", detail: cancelled }]);
    expect(await unitsIn(gate, sale.saleId)).toBe("2 available, 0 held, 0 sold");
  });

  test("that was paid for in that moment is decided once its money is there", async () => {
    const sale = await paidSale();
    const order = await hold(sale);
    const message = messageOf(wishOf(order));
    expect(await consume(message)).toEqual([]);
    await ledger.decideHold(order, authorisedBy());
    expect(await consume(decidedMessage(order, authorisedBy()))).toEqual([]);
    expect(await consume(message)).toEqual([]);
    expect(await consume(reportMessage(order, "pay_1"))).toEqual([]);
    expect(await consume(message)).toEqual([]);
    expect(await rowStates(sale)).toEqual(["returned"]);
  });

  test("that ended otherwise is refused, and its order says so", async () => {
    const sale = await paidSale();
    const order = await hold(sale);
    await ledger.decideHold(order, expired);
    expect(await consume(decidedMessage(order, expired), messageOf(wishOf(order)))).toEqual([]);
    expect(await eventsOf(order)).toMatchObject([{ kind: "expired" }, { kind: "wish_refused" }]);
    expect(await rowStates(sale)).toEqual(["expired"]);
  });
});

test("what cannot be decided yet comes again, and holds back nobody else", async () => {
  const sale = await paidSale();
  const [order, early, unsent] = [
    await paidHold(sale),
    aReservation({ ...sale, heldUntilMs: 1 }),
    await hold(sale),
  ];
  const messages = [
    reportMessage(early, "pay_1"),
    decidedMessage(order, authorisedBy()),
    decidedMessage(unsent),
    decidedMessage({ ...aReservation(), heldUntilMs: 1 }, authorisedBy()),
  ];
  const again = await consume(...messages);
  expect(again.toSorted()).toEqual([0, 2, 3].map((index) => messages[index]!.messageId).toSorted());
  expect(await rowStates(sale)).toEqual(["placed"]);
});

test("a consumer that dies before the ledger, the gate or the queue hear of it is repeated", async () => {
  const sale = await paidSale();
  const order = await paidHold(sale);
  const message = decidedMessage(order, authorisedBy());
  const noLedger = { ...deps, ledger: { ...ledger, copyEvents: killed } };
  await expect(consumeOrders(noLedger, [message])).rejects.toThrow("killed");
  const noQueue = { ...deps, payments: { send: killed } };
  expect(await consumeOrders(noQueue, [message])).toEqual([message.messageId]);
  const noGate = { ...deps, gate: { ...gate, settle: killed } };
  expect(await consumeOrders(noGate, [message])).toEqual([message.messageId]);
  await tasks();
  expect(await consume(message)).toEqual([]);
  expect(await rowStates(sale)).toEqual(["placed"]);
  expect(await stateOf(order)).toBe("placed");
  expect(await tasks()).toEqual(["capture"]);
});
