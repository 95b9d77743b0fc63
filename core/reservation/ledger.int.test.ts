import { PutCommand, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testDynamo, testTables } from "../../tests/support/test-aws.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aBuyer, aSale } from "../../tests/support/test-sale.ts";
import { reservedState, stateAfter } from "./lifecycle.ts";
import type { Reservation } from "./reservation.ts";
import { createLedger } from "./ledger.dynamo.ts";
import { orderKey } from "./ledger-key.ts";

const { ledgerTable, dynamoEndpoint } = await testStores();
const dynamo = testDynamo(dynamoEndpoint);
const tables = testTables(dynamoEndpoint);
const ledger = createLedger(tables, ledgerTable);
const fresh = { state: reservedState(1) };

describe("put", () => {
  test("writes once: repeating it finds it present, and does not write over it", async () => {
    const reservation = aReservation();
    expect(await ledger.put(reservation)).toBe("written");
    expect(await ledger.put({ ...reservation, epoch: 2, requestId: "request-2" })).toBe("present");
    expect(await ledger.get(reservation.orderId, reservation.buyerId)).toEqual({
      reservation,
      ...fresh,
    });
  });

  test("of 20 at once, one writes", async () => {
    const reservation = aReservation();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ledger.put(reservation)));
    expect(answers.filter((word) => word === "written")).toHaveLength(1);
    expect(answers.filter((word) => word === "present")).toHaveLength(19);
  });
});

describe("look-ups", () => {
  test("an order is found by its id and its buyer, by nobody else's", async () => {
    const reservation = aReservation();
    await ledger.put(reservation);
    expect(await ledger.get(reservation.orderId, reservation.buyerId)).toEqual({
      reservation,
      ...fresh,
    });
    expect(await ledger.get(reservation.orderId, aBuyer())).toBeNull();
    expect(
      await ledger.get(aReservation({ saleId: reservation.saleId }).orderId, reservation.buyerId),
    ).toBeNull();
  });

  test("a buyer's orders of one sale come oldest first, without those of another", async () => {
    const [{ saleId }, buyerId] = [aSale(), aBuyer()];
    const orders = [1, 2, 3].map((n) => aReservation({ saleId, buyerId, n, place: n }));
    for (const order of orders.toReversed()) await ledger.put(order);
    await ledger.put(aReservation({ buyerId }));
    await ledger.put(aReservation({ saleId }));
    const entries = await ledger.ofBuyer(saleId, buyerId);
    const byId = orders.toSorted((a, b) => (a.orderId < b.orderId ? -1 : 1));
    expect(entries.map((entry) => entry.reservation)).toEqual(byId);
  });

  test("every query asks for strong consistency", async () => {
    const requests: unknown[] = [];
    const watched: typeof tables = {
      ...tables,
      query: (input) => {
        requests.push(input.ConsistentRead);
        return tables.query(input);
      },
    };
    const watchedLedger = createLedger(watched, ledgerTable);
    const { saleId, orderId, buyerId } = aReservation();
    await watchedLedger.get(orderId, buyerId);
    await watchedLedger.ofBuyer(saleId, buyerId);
    await watchedLedger.ofSale(saleId);
    expect(requests).toEqual(Array.from({ length: 19 }, () => true));
  });
});

const confirmed = { kind: "confirmed", id: "confirm", number: 1 } as const;
const rejected = { kind: "rejected", id: "reject", number: 1, reason: "beyond_allocation" } as const;
const returned = {
  kind: "returned",
  id: "wish-1",
  number: 2,
  units: 1,
  isWithheld: false,
  reason: "broken",
  actorId: "byr_1",
} as const;

describe("copies of events", () => {
  test("lie beside the entry, which stays as it was put", async () => {
    const reservation = aReservation();
    await ledger.put(reservation);
    await ledger.copyEvents([{ reservation, event: confirmed }]);
    const { pk, sk } = orderKey(reservation.orderId, reservation.buyerId);
    const { Items } = await dynamo.send(
      new QueryCommand({
        TableName: ledgerTable,
        KeyConditionExpression: "pk = :pk and begins_with(sk, :sk)",
        ExpressionAttributeValues: { ":pk": pk, ":sk": sk },
      }),
    );
    expect(Items).toEqual([
      { pk, sk, ...reservation },
      { pk, sk: `${sk}#0001`, ...confirmed },
    ]);
  });

  test("of 60 orders, each gets its own; repeating it writes the same", async () => {
    const { saleId } = aSale();
    const orders = Array.from({ length: 60 }, () => aReservation({ saleId }));
    await Promise.all(orders.map((order) => ledger.put(order)));
    const events = orders.map((reservation, index) => ({
      reservation,
      event: index % 2 === 0 ? confirmed : rejected,
    }));
    const expected = events.map(({ reservation, event }) => ({
      reservation,
      state: stateAfter(1, [event]),
      countedEpoch: 1,
    }));
    for (let time = 0; time < 2; time++) {
      await ledger.copyEvents(events);
      const entries = await ledger.ofSale(saleId);
      expect(entries).toHaveLength(60);
      expect(entries).toEqual(expect.arrayContaining(expected));
    }
  });

  test("a copy that comes late takes nothing back", async () => {
    const reservation = aReservation();
    await ledger.put(reservation);
    await ledger.copyEvents([{ reservation, event: confirmed }]);
    await ledger.copyEvents([{ reservation, event: returned }]);
    await ledger.copyEvents([{ reservation, event: confirmed }]);
    const entry = await ledger.get(reservation.orderId, reservation.buyerId);
    expect(entry?.state).toMatchObject({ kind: "returned", number: 2, unitsLeft: 0 });
  });

  test("what was settled before there were events is read as the first event", async () => {
    const [first, second] = [aReservation(), aReservation()];
    await Promise.all([first, second].map((reservation) => ledger.put(reservation)));
    const settled = async ({ orderId, buyerId }: typeof first, item: object) => {
      const { pk, sk } = orderKey(orderId, buyerId);
      const Item = { pk, sk: `${sk}#settled`, ...item };
      await dynamo.send(new PutCommand({ TableName: ledgerTable, Item }));
    };
    await settled(first, { state: "confirmed" });
    await settled(second, { state: "rejected", reason: "stale_epoch" });
    expect((await ledger.get(first.orderId, first.buyerId))?.state).toMatchObject({ kind: "confirmed" });
    expect((await ledger.get(second.orderId, second.buyerId))?.state).toMatchObject({
      kind: "rejected",
      reason: "stale_epoch",
    });
    await ledger.copyEvents([
      { reservation: first, event: confirmed },
      { reservation: first, event: returned },
    ]);
    expect((await ledger.get(first.orderId, first.buyerId))?.state).toMatchObject({ kind: "returned" });
  });

  test("nothing to copy is nothing to do", async () => {
    await expect(ledger.copyEvents([])).resolves.toBeUndefined();
  });
});

test("a wish is kept as it was first put, and is no part of the order's state", async () => {
  const reservation = aReservation({ quantity: 2 });
  await ledger.put(reservation);
  const { orderId, buyerId, saleId } = reservation;
  const wish = {
    wish: "return",
    wishId: "wish-1",
    saleId,
    orderId,
    buyerId,
    units: 1,
    isWithheld: true,
    reason: "broken",
    actorId: "byr_1",
    wishedAtMs: 1,
    requestId: "request-1",
  } as const;
  expect(await ledger.putWish(wish)).toBe("written");
  expect(await ledger.putWish({ ...wish, units: 2 })).toBe("present");
  expect(await ledger.get(orderId, buyerId)).toEqual({ reservation, state: reservedState(2) });
  expect(await ledger.ofBuyer(saleId, buyerId)).toHaveLength(1);
});

test("the latest epoch that a rebuild counted an order into comes with the sale's entries", async () => {
  const { saleId } = aSale();
  const [twice, once, never] = [aReservation({ saleId }), aReservation({ saleId }), aReservation({ saleId })];
  await Promise.all([twice, once, never].map((reservation) => ledger.put(reservation)));
  await ledger.markCounted(saleId, [twice, once], 9);
  await ledger.markCounted(saleId, [twice], 10);

  const counts = new Map(
    (await ledger.ofSale(saleId)).map((entry) => [entry.reservation.orderId, entry.countedEpoch]),
  );

  expect([twice, once, never].map((reservation) => counts.get(reservation.orderId))).toEqual([10, 9, 1]);
});

test("a mark is found for the order that it names, in its epoch alone", async () => {
  const { saleId } = aSale();
  const [counted, adopted, other] = Array.from({ length: 3 }, () => aReservation({ saleId })) as [
    Reservation,
    Reservation,
    Reservation,
  ];
  await ledger.markCounted(saleId, [counted], 3);
  await ledger.markAdopted(adopted, 3);
  const marked = (epoch: number) =>
    Promise.all([counted, adopted, other].map((reservation) => ledger.isMarked(reservation, epoch)));
  expect(await marked(3)).toEqual([true, true, false]);
  expect(await marked(2)).toEqual([false, false, false]);
});

test("a list of more reservations than one item holds is kept whole", async () => {
  const { saleId } = aSale();
  const buyerId = aBuyer();
  const counted = Array.from({ length: 5_001 }, () => aReservation({ saleId, buyerId }));
  const last = counted.at(-1)!;
  await ledger.put(last);
  await ledger.markCounted(saleId, counted, 2);
  expect(await ledger.ofSale(saleId)).toMatchObject([
    { reservation: { orderId: last.orderId }, countedEpoch: 2 },
  ]);
});

test("all entries of a sale come back when a partition holds more than one page of 1 MB", async () => {
  const { saleId } = aSale();
  const other = aReservation();
  await ledger.put(other);
  // One buyer, so all lie in one partition; 45 of 30 kB are more than a page.
  const buyerId = aBuyer();
  const requestId = "x".repeat(30_000);
  const orders = Array.from({ length: 45 }, (_, i) => aReservation({ saleId, buyerId, n: i + 1, requestId }));
  await Promise.all(orders.map((order) => ledger.put(order)));
  await ledger.copyEvents(orders.map((reservation) => ({ reservation, event: confirmed })));

  const entries = await ledger.ofSale(saleId);

  expect(new Set(entries.map((entry) => entry.reservation.orderId))).toEqual(
    new Set(orders.map((order) => order.orderId)),
  );
  expect(entries.filter((entry) => entry.state.kind === "confirmed")).toHaveLength(45);
  expect(await ledger.ofBuyer(saleId, buyerId)).toHaveLength(45);
  const page = await dynamo.send(new ScanCommand({ TableName: ledgerTable }));
  expect(page.LastEvaluatedKey).toBeDefined();
});
