import { afterAll, describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testQueue, testTables } from "../../tests/support/test-aws.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aBuyer, aSale } from "../../tests/support/test-sale.ts";
import { systemClock } from "../clock.ts";
import { createOrderQueue } from "../orders/order-queue.sqs.ts";
import { createLedger } from "../reservation/ledger.dynamo.ts";
import type { Reservation } from "../reservation/reservation.ts";
import type { Sale } from "../sale/sale.ts";
import { createSaleRecords } from "../sale/sale-record.dynamo.ts";
import { carryOnWishes } from "./carry-on-wishes.ts";
import { createOpenWishes } from "./open-wishes.dynamo.ts";
import { withdraw, type WithdrawDependencies, type WithdrawRequest } from "./withdraw.ts";

const stores = await testStores();
const dynamo = testTables(stores.dynamoEndpoint);
const queue = testQueue(stores);
afterAll(() => queue.close());
const ledger = createLedger(dynamo, stores.ledgerTable);
const deps: WithdrawDependencies = {
  ledger,
  saleRecords: createSaleRecords(dynamo, stores.ledgerTable),
  queue: createOrderQueue(queue),
  openWishes: createOpenWishes(dynamo, stores.ledgerTable),
};
const measured: number[] = [];
const carryOn = (nowMs: number, longestMs = 5_000) =>
  carryOnWishes(
    {
      ...deps,
      clock: { ...systemClock, nowMs: () => nowMs },
      warn: () => {},
      measure: (_name, value) => void measured.push(value),
    },
    longestMs,
  );

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A free order of three units that is confirmed. */
async function anOrder(settings: Partial<Sale> = {}): Promise<Reservation> {
  const sale = aSale(settings);
  const order = aReservation({ saleId: sale.saleId, quantity: 3 });
  await deps.saleRecords.put(sale);
  await ledger.put(order);
  await ledger.copyEvents([{ reservation: order, event: { kind: "confirmed", id: "confirm", number: 1 } }]);
  return order;
}
const asked = ({ orderId, buyerId, reservedAtMs }: Reservation, changes: Partial<WithdrawRequest> = {}) => ({
  orderId,
  buyerId,
  units: null,
  idempotencyKey: "key-0001",
  requestId: "request-1",
  nowMs: reservedAtMs + DAY_MS,
  ...changes,
});
const received: Record<string, unknown>[] = [];
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
const openOf = async ({ orderId }: Reservation) =>
  (await deps.openWishes.all()).flatMap(({ wish }) => (wish.orderId === orderId ? [wish] : []));

describe("a withdrawal", () => {
  test("is dated when it comes first; repeated, however late, it is the same", async () => {
    const order = await anOrder();
    const first = await withdraw(deps, asked(order));
    expect(first).toMatchObject({ kind: "received", withdrawal: { units: 3 } });
    const again = await withdraw(deps, asked(order, { nowMs: order.reservedAtMs + 400 * DAY_MS }));
    expect(again).toEqual(first);
    const dates = (await sentOf(order)).map(({ wishedAtMs }) => wishedAtMs);
    expect(new Set(dates)).toEqual(new Set([order.reservedAtMs + DAY_MS]));
    expect((await ledger.get(order.orderId, order.buyerId))?.withdrawals).toHaveLength(1);
  });

  test("is refused at once where it can't be: not theirs, too many, too late, an exception, nothing left", async () => {
    const order = await anOrder();
    const reply = async (changes: Partial<WithdrawRequest>, of = order) => withdraw(deps, asked(of, changes));
    expect(await reply({ buyerId: aBuyer() })).toEqual({ kind: "not_found" });
    expect(await reply({ units: 4 })).toEqual({ kind: "beyond_units", unitsLeft: 3 });
    expect(await reply({ nowMs: order.reservedAtMs + 16 * DAY_MS })).toEqual({
      kind: "refused",
      why: "withdrawal_over",
    });
    const excepted = await anOrder({ withdrawal: { kind: "excepted", exception: "perishable" } });
    expect(await reply({}, excepted)).toEqual({ kind: "refused", why: "withdrawal_excepted" });
    expect(await reply({ units: 2 })).toMatchObject({ kind: "received" });
    expect(await reply({ units: 2, idempotencyKey: "key-0002" })).toMatchObject({ unitsLeft: 1 });
    expect(await reply({ units: 1 })).toEqual({ kind: "key_reused" });
    expect(await reply({ units: 1, idempotencyKey: "key-0003" })).toMatchObject({ kind: "received" });
    expect(await reply({ idempotencyKey: "key-0004" })).toMatchObject({ why: "nothing_to_withdraw" });
  });

  test("under a key of another order is noticed", async () => {
    const order = await anOrder();
    const other = { ...(await anOrder()), buyerId: order.buyerId };
    await ledger.put(other);
    await ledger.copyEvents([{ reservation: other, event: { kind: "confirmed", id: "confirm", number: 1 } }]);
    await withdraw(deps, asked(order));
    expect(await withdraw(deps, asked(other))).toEqual({ kind: "key_reused" });
    // Decided on, and off the list: it stays this order's key.
    for (const { wish } of await deps.openWishes.all()) await deps.openWishes.remove(wish.wishId);
    expect(await withdraw(deps, asked(other))).toEqual({ kind: "key_reused" });
    expect(await withdraw(deps, asked(order))).toMatchObject({ kind: "received" });
  });
});

const killed = async () => Promise.reject(new Error("killed"));

test.each([
  ["the ledger has it", { ledger: { ...ledger, putWish: killed } }],
  ["the queue has it", { queue: { sendWish: killed } }],
] as const)(
  "killed before %s, it is carried on with its first date, until it is decided",
  async (_at, broken) => {
    const order = await anOrder();
    const receivedAtMs = order.reservedAtMs + DAY_MS;
    await expect(withdraw({ ...deps, ...broken }, asked(order))).rejects.toThrow("killed");
    expect(await sentOf(order)).toEqual([]);
    await carryOn(receivedAtMs + MINUTE_MS / 2);
    expect(await sentOf(order)).toEqual([]);
    expect(await carryOn(receivedAtMs + MINUTE_MS)).toBeGreaterThan(0);
    const [sent] = await sentOf(order);
    expect(sent).toMatchObject({ wish: "withdraw", units: 3, wishedAtMs: receivedAtMs });
    const { wishId } = (await openOf(order))[0]!;
    expect((await ledger.get(order.orderId, order.buyerId))?.withdrawals).toMatchObject([{ wishId }]);
    await ledger.copyEvents([
      {
        reservation: order,
        event: { kind: "wish_refused", id: wishId, number: 2, why: "too_many_units", actorId: order.buyerId },
      },
    ]);
    await carryOn(receivedAtMs + MINUTE_MS);
    expect(await openOf(order)).toEqual([]);
    expect((await ledger.get(order.orderId, order.buyerId))?.withdrawals).toBeUndefined();
  },
);

test("a wish that nobody decides on is sent again ever more seldom, and none beyond the time that there is", async () => {
  const order = await anOrder();
  const first = order.reservedAtMs + DAY_MS;
  await withdraw(deps, asked(order));
  await carryOn(first + MINUTE_MS, 0);
  expect(await sentOf(order)).toHaveLength(1);
  for (let minute = 1; minute <= 60; minute++) await carryOn(first + minute * MINUTE_MS);
  // After 1, 2, 4, 8, 16 and 32 minutes.
  expect(await sentOf(order)).toHaveLength(1 + 6);
  expect(await openOf(order)).toHaveLength(1);
});
