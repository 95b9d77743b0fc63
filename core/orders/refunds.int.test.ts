import { Redis } from "ioredis";
import { sql } from "kysely";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { gateOn, reservationOf } from "../../tests/gate/test-gate.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import {
  aPayment,
  authorisedBy,
  decidedMessage,
  reportMessage,
  standingIn,
  unitsIn,
} from "../../tests/support/test-holds.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import type { OrderMail } from "../mail/order-mail.ts";
import { createLedger } from "../reservation/ledger.dynamo.ts";
import type { PaymentTask } from "../reservation/payment-task.ts";
import type { Reservation } from "../reservation/reservation.ts";
import type { Wish } from "../reservation/wish.ts";
import type { Sale } from "../sale/sale.ts";
import { consumeOrders } from "./consume-orders.ts";

const stores = await testStores();
const { db, insert, rowsOf, soldOf } = testOrders(stores.databaseUrl);
const ledger = createLedger(testTables(stores.dynamoEndpoint), stores.ledgerTable);
const redis = new Redis(stores.redisUrl);
afterAll(() => redis.disconnect());
const { gate, load, reserve } = gateOn(redis);

const asked: PaymentTask["task"][] = [];
const mailed: OrderMail[] = [];
beforeEach(() => {
  asked.length = 0;
  mailed.length = 0;
});
const deps = {
  db,
  ledger,
  gate,
  payments: { send: async ({ task }: PaymentTask) => void asked.push(task) },
  mails: { sendAll: async (mails: readonly OrderMail[]) => void mailed.push(...mails) },
  warn: () => {},
  measure: () => {},
};
const consume = (...messages: Parameters<typeof consumeOrders>[1][number][]) => consumeOrders(deps, messages);
const PRICE = 4_900;
const DAY_MS = 86_400_000;

/** A paid order of two units, its money taken. */
async function aPaidOrder(settings: Partial<Sale> = {}): Promise<{ sale: Sale; order: Reservation }> {
  const payment = { kind: "held", holdSeconds: 60 } as const;
  const sale = await load(
    await insert({ payment, allocated: 2, purchaseLimit: 2, priceMinor: PRICE, ...settings }),
  );
  const order = reservationOf(await reserve(sale.saleId, { quantity: 2 }));
  await ledger.put(order);
  const authorised = authorisedBy(aPayment({ amountMinor: 2 * PRICE }));
  await ledger.decideHold(order, authorised);
  await consume(decidedMessage(order, authorised), reportMessage(order, "pay_1"));
  asked.length = 0;
  mailed.length = 0;
  return { sale, order };
}

type Asked = { readonly wish: Wish["wish"] } & Readonly<Record<string, unknown>>;
const wishOf = ({ saleId, orderId, buyerId, reservedAtMs }: Reservation, wish: Asked) => ({
  messageId: crypto.randomUUID(),
  body: JSON.stringify({
    wishId: "wish-1",
    saleId,
    orderId,
    buyerId,
    reason: "",
    actorId: buyerId,
    wishedAtMs: reservedAtMs + DAY_MS,
    requestId: "request-1",
    ...wish,
  }),
});
const withdraw = (order: Reservation, fields: object = {}) =>
  wishOf(order, { wish: "withdraw", units: 2, ...fields });
const gaveBack = (order: Reservation, attempt: number, givenMinor: number, coveredMinor = 0) =>
  reportMessage(order, "pay_1", { payment: "refunded", attempt, givenMinor, coveredMinor });

const stateOf = (order: Reservation) => standingIn(ledger, order);
/** The row's state and its money: taken, to go back in all, gone back. */
async function rowOf({ saleId }: Reservation) {
  const [row] = await rowsOf(saleId);
  return `${row?.state} ${row?.captured_minor} ${row?.granted_minor} ${row?.refunded_minor}`;
}
const refundsOf = ({ orderId }: Reservation) =>
  db
    .selectFrom("refunds")
    .select(["refund_id", "attempt", "amount_minor", "given_minor", "state"])
    .where("order_id", "=", orderId)
    .orderBy("attempt")
    .execute();

describe("a withdrawal", () => {
  test("takes units back, owes their money, and is refunded once that is given; twice changes nothing", async () => {
    const { sale, order } = await aPaidOrder();
    for (let time = 0; time < 2; time++) expect(await consume(withdraw(order))).toEqual([]);
    expect(await stateOf(order)).toBe("returned");
    expect(await rowOf(order)).toBe("returned 9800 9800 0");
    expect(await refundsOf(order)).toMatchObject([
      { refund_id: "wish-1", attempt: 4, amount_minor: "9800", given_minor: "0", state: "due" },
    ]);
    expect(await soldOf(sale.saleId)).toBe(0);
    expect(await unitsIn(gate, sale.saleId)).toBe("2 available, 0 held, 0 sold");
    expect(new Set(asked)).toEqual(new Set(["refund"]));
    const receivedAtMs = order.reservedAtMs + DAY_MS;
    expect(mailed[0]).toMatchObject({ kind: "withdrawn", units: 2, unitsLeft: 0, receivedAtMs });
    asked.length = 0;
    for (let time = 0; time < 2; time++) expect(await consume(gaveBack(order, 4, 9_800))).toEqual([]);
    expect(await stateOf(order)).toBe("refunded");
    expect(await rowOf(order)).toBe("refunded 9800 9800 9800");
    expect(asked).toEqual([]);
    expect(mailed.at(-1)).toMatchObject({ kind: "refunded", amountMinor: 9_800, number: 5 });
  });

  test("counts by when it was received, however late it is decided on", async () => {
    const late = await aPaidOrder();
    const after = withdraw(late.order, { wishedAtMs: late.order.reservedAtMs + 16 * DAY_MS });
    expect(await consume(after)).toEqual([]);
    expect(await stateOf(late.order)).toBe("confirmed");
    expect(mailed).toMatchObject([{ kind: "withdrawal_refused", why: "withdrawal_over" }]);
    // The present is years after this order was made: what was received in time counts all the same.
    expect(await consume(withdraw(late.order, { wishId: "wish-2", units: 1 }))).toEqual([]);
    expect(await rowOf(late.order)).toBe("confirmed 9800 4900 0");
  });

  test("goes by the terms of its sale: an exception of the law, and where its units go", async () => {
    const excepted = await aPaidOrder({ withdrawal: { kind: "excepted", exception: "dated_service" } });
    await consume(withdraw(excepted.order));
    expect(await stateOf(excepted.order)).toBe("confirmed");
    expect(mailed).toMatchObject([{ why: "withdrawal_excepted" }]);
    const kept = await aPaidOrder({ withdrawal: { kind: "days", days: 30, returnsGo: "withheld" } });
    await consume(withdraw(kept.order, { wishedAtMs: kept.order.reservedAtMs + 20 * DAY_MS }));
    const view = await gate.inspect(kept.sale.saleId);
    expect(view).toMatchObject({ stock: { available: 0, sold: 0, withheld: 2 } });
  });
});

const killed = () => Promise.reject(new Error("killed"));

test.each([
  ["the ledger", { ledger: { ...ledger, copyEvents: killed } }],
  ["the gate", { gate: { ...gate, settle: killed } }],
  ["the provider's queue", { payments: { send: killed } }],
  ["the mails' queue", { mails: { sendAll: killed } }],
] as const)("a consumer that dies before %s hears of a withdrawal is repeated", async (_what, broken) => {
  const { sale, order } = await aPaidOrder();
  const message = withdraw(order);
  const died = await consumeOrders({ ...deps, ...broken }, [message]).catch(() => [message.messageId]);
  expect(died).toEqual([message.messageId]);
  expect(await consume(message)).toEqual([]);
  expect(await stateOf(order)).toBe("returned");
  expect(await refundsOf(order)).toHaveLength(1);
  expect(await unitsIn(gate, sale.saleId)).toBe("2 available, 0 held, 0 sold");
  expect(asked).toContain("refund");
  expect(mailed.some(({ kind }) => kind === "withdrawn")).toBe(true);
});

const refund = (order: Reservation, amountMinor: number, wishId = "wish-1") =>
  wishOf(order, { wish: "refund", amountMinor, wishId, reason: "scratched", actorId: "byr_2" });

describe("money alone", () => {
  test("goes back while units stay, never more than was taken", async () => {
    const { order } = await aPaidOrder();
    await consume(refund(order, 800), refund(order, 9_001, "wish-2"));
    expect(await stateOf(order)).toBe("confirmed");
    expect(await rowOf(order)).toBe("confirmed 9800 800 0");
    await consume(gaveBack(order, 4, 800));
    expect(await rowOf(order)).toBe("confirmed 9800 800 800");
    await consume(withdraw(order, { wishId: "wish-3" }));
    expect(await rowOf(order)).toBe("returned 9800 9800 800");
  });

  test("that fails is somebody's to see to: tried again, or paid another way", async () => {
    const { order } = await aPaidOrder();
    const failed = (attempt: number) =>
      reportMessage(order, "pay_1", { payment: "refund_failed", attempt, why: "sent_back" });
    const resolve = (how: "again" | "otherwise", wishId: string) =>
      wishOf(order, { wish: "resolve_refund", refundId: "wish-1", how, wishId });
    await consume(withdraw(order));
    await consume(failed(4));
    expect(await rowOf(order)).toBe("returned 9800 9800 0");
    expect(await refundsOf(order)).toMatchObject([{ state: "failed" }]);
    asked.length = 0;
    await consume(resolve("again", "wish-2"));
    expect(asked).toEqual(["refund"]);
    expect(await refundsOf(order)).toMatchObject([{ state: "due", attempt: 6 }]);
    await consume(failed(6));
    await consume(resolve("otherwise", "wish-3"));
    expect(await rowOf(order)).toBe("refunded 9800 9800 0");
  });

  test("that failed and was paid back another way stays so, if the failure is told twice", async () => {
    const { order } = await aPaidOrder();
    await consume(withdraw(order));
    const failure = reportMessage(order, "pay_1", { payment: "refund_failed", attempt: 4, why: "refused" });
    await consume(failure);
    const otherwise = {
      wish: "resolve_refund",
      wishId: "wish-2",
      refundId: "wish-1",
      how: "otherwise",
    } as const;
    await consume(wishOf(order, otherwise));
    expect(await consume(failure)).toEqual([]);
    expect(await rowOf(order)).toBe("refunded 9800 9800 0");
    const entry = await ledger.get(order.orderId, order.buyerId);
    expect(entry?.state).toMatchObject({ kind: "refunded", number: 6 });
  });

  test("that the row refuses is copied nowhere, comes again, and holds up no other order", async () => {
    const { order } = await aPaidOrder();
    const { order: other } = await aPaidOrder();
    await consume(withdraw(order), withdraw(other, { wishId: "wish-2" }));
    // As if somebody had numbered a step without having read the row: its id is that of the event that follows.
    const stray = { kind: "wish_refused", id: "refund_failed:4", number: 5, why: "not_failed", actorId: "a" };
    await sql`select move_order(${order.orderId}, ${JSON.stringify(stray)}::jsonb)`.execute(db);
    const failure = reportMessage(order, "pay_1", { payment: "refund_failed", attempt: 4, why: "refused" });
    expect(await consume(failure, gaveBack(other, 4, 9_800))).toEqual([failure.messageId]);
    expect(await rowOf(order)).toBe("returned 9800 9800 0");
    expect((await ledger.get(order.orderId, order.buyerId))?.state).toMatchObject({ number: 4 });
    expect(await rowOf(other)).toBe("refunded 9800 9800 9800");
  });

  test("that went back at the provider's own console is a row, and no unit moves", async () => {
    const { sale, order } = await aPaidOrder();
    const outside = () =>
      reportMessage(order, "pay_1", { payment: "refunded_outside", outsideId: "re_x", amountMinor: PRICE });
    await consume(outside(), outside());
    await consume(outside());
    expect(await rowOf(order)).toBe("confirmed 9800 0 4900");
    expect(await refundsOf(order)).toMatchObject([{ state: "outside", amount_minor: "4900" }]);
    expect(await unitsIn(gate, sale.saleId)).toBe("0 available, 0 held, 2 sold");
  });
});

test("a refund that comes late is known beside what had counted for it, once, and the buyer hears of it", async () => {
  const { order } = await aPaidOrder();
  await consume(withdraw(order, { units: 1 }));
  const outside = { payment: "refunded_outside", outsideId: "re_x", amountMinor: PRICE } as const;
  await consume(reportMessage(order, "pay_1", outside), gaveBack(order, 4, 0, PRICE));
  expect(await rowOf(order)).toBe("confirmed 9800 4900 4900");
  mailed.length = 0;
  for (let time = 0; time < 2; time++) expect(await consume(gaveBack(order, 4, PRICE))).toEqual([]);
  expect(await rowOf(order)).toBe("confirmed 9800 4900 9800");
  expect(new Set(mailed.map(({ kind, number }) => `${kind} ${number}`))).toEqual(new Set(["refunded 7"]));
  expect(
    await consume(withdraw(order, { units: 1, wishId: "wish-2" }), gaveBack(order, 8, 0, PRICE)),
  ).toEqual([]);
  expect(await rowOf(order)).toBe("refunded 9800 9800 9800");
});

test("the database itself refuses more money than was taken", async () => {
  const { order } = await aPaidOrder();
  const move = (event: object) =>
    sql`select move_order(${order.orderId}, ${JSON.stringify({ number: 4, ...event })}::jsonb)`.execute(db);
  await expect(
    move({ kind: "refund_granted", id: "w", amountMinor: 9_801, reason: "", actorId: "" }),
  ).rejects.toThrow("orders_granted_within_captured");
  await expect(
    move({ kind: "refunded_outside", id: "o", outsideId: "re_x", amountMinor: 9_801 }),
  ).rejects.toThrow("orders_refunded_within_captured");
  await expect(move({ kind: "refunded", id: "r", attempt: 4, givenMinor: 1 })).rejects.toThrow(
    "there is no refund",
  );
});
