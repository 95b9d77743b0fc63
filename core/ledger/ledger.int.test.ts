import { QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testDynamo } from "../../tests/support/test-dynamo.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aBuyer, aSale } from "../../tests/support/test-sale.ts";
import { createLedger } from "./ledger.dynamo.ts";
import { orderKey } from "./ledger-key.ts";

const { ledgerTable, dynamoEndpoint } = await testStores();
const dynamo = testDynamo(dynamoEndpoint);
const ledger = createLedger(dynamo, ledgerTable);
const fresh = { settlement: null };

describe("put", () => {
  test("writes once: repeating it finds it present, and does not write over it", async () => {
    const one = aReservation();
    expect(await ledger.put(one)).toBe("written");
    expect(await ledger.put({ ...one, epoch: 2, requestId: "request-2" })).toBe("present");
    expect(await ledger.get(one.orderId, one.buyerId)).toEqual({ reservation: one, ...fresh });
  });

  test("of 20 at once, one writes", async () => {
    const one = aReservation();
    const said = await Promise.all(Array.from({ length: 20 }, () => ledger.put(one)));
    expect(said.filter((word) => word === "written")).toHaveLength(1);
    expect(said.filter((word) => word === "present")).toHaveLength(19);
  });
});

describe("look-ups", () => {
  test("an order is found by its id and its buyer, by nobody else's", async () => {
    const one = aReservation();
    await ledger.put(one);
    expect(await ledger.get(one.orderId, one.buyerId)).toEqual({ reservation: one, ...fresh });
    expect(await ledger.get(one.orderId, aBuyer())).toBeNull();
    expect(await ledger.get(aReservation({ saleId: one.saleId }).orderId, one.buyerId)).toBeNull();
  });

  test("a buyer's orders of one sale come oldest first, without those of another", async () => {
    const [{ saleId }, buyerId] = [aSale(), aBuyer()];
    const orders = [1, 2, 3].map((n) => aReservation({ saleId, buyerId, n, place: n }));
    for (const one of orders.toReversed()) await ledger.put(one);
    await ledger.put(aReservation({ buyerId }));
    await ledger.put(aReservation({ saleId }));
    const found = await ledger.ofBuyer(saleId, buyerId);
    const byId = orders.toSorted((a, b) => (a.orderId < b.orderId ? -1 : 1));
    expect(found.map((entry) => entry.reservation)).toEqual(byId);
  });

  test("every query asks for strong consistency", async () => {
    const asked: unknown[] = [];
    const watched = testDynamo(dynamoEndpoint);
    watched.middlewareStack.add(
      (next) => (args) => {
        asked.push((args.input as { ConsistentRead?: boolean }).ConsistentRead);
        return next(args);
      },
      { step: "initialize" },
    );
    const watchedLedger = createLedger(watched, ledgerTable);
    const { saleId, orderId, buyerId } = aReservation();
    await watchedLedger.get(orderId, buyerId);
    await watchedLedger.ofBuyer(saleId, buyerId);
    await watchedLedger.ofSale(saleId);
    expect(asked).toEqual(Array.from({ length: 19 }, () => true));
  });
});

describe("settle", () => {
  test("lies beside the entry, which stays as it was put", async () => {
    const one = aReservation();
    await ledger.put(one);
    await ledger.settle([{ reservation: one, settlement: { state: "confirmed" } }]);
    const { pk, sk } = orderKey(one.orderId, one.buyerId);
    const { Items } = await dynamo.send(
      new QueryCommand({
        TableName: ledgerTable,
        KeyConditionExpression: "pk = :pk and begins_with(sk, :sk)",
        ExpressionAttributeValues: { ":pk": pk, ":sk": sk },
      }),
    );
    expect(Items).toEqual([
      { pk, sk, ...one },
      { pk, sk: `${sk}#settled`, state: "confirmed" },
    ]);
  });

  test("of 60 orders, each gets its own; repeating it writes the same", async () => {
    const { saleId } = aSale();
    const orders = Array.from({ length: 60 }, () => aReservation({ saleId }));
    await Promise.all(orders.map((one) => ledger.put(one)));
    const settled = orders.map((reservation, index) => ({
      reservation,
      countedEpoch: 0,
      settlement:
        index % 2 === 0
          ? ({ state: "confirmed" } as const)
          : ({ state: "rejected", reason: "beyond_allocation" } as const),
    }));
    for (let time = 0; time < 2; time++) {
      await ledger.settle(settled);
      const found = await ledger.ofSale(saleId);
      expect(found).toHaveLength(60);
      expect(found).toEqual(expect.arrayContaining(settled));
    }
  });

  test("nothing to settle is nothing to do", async () => {
    await expect(ledger.settle([])).resolves.toBeUndefined();
  });
});

test("the latest epoch that a rebuild counted an order into comes with the sale's entries", async () => {
  const { saleId } = aSale();
  const [twice, once, never] = [aReservation({ saleId }), aReservation({ saleId }), aReservation({ saleId })];
  await Promise.all([twice, once, never].map((one) => ledger.put(one)));
  await ledger.markCounted(saleId, [twice, once], 9);
  await ledger.markCounted(saleId, [twice], 10);

  const found = new Map(
    (await ledger.ofSale(saleId)).map((entry) => [entry.reservation.orderId, entry.countedEpoch]),
  );

  expect([twice, once, never].map((one) => found.get(one.orderId))).toEqual([10, 9, 0]);
});

test("a list of more reservations than one item holds is kept whole", async () => {
  const { saleId } = aSale();
  const counted = Array.from({ length: 5_001 }, () => aReservation({ saleId }));
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
  await Promise.all(orders.map((one) => ledger.put(one)));
  await ledger.settle(orders.map((reservation) => ({ reservation, settlement: { state: "confirmed" } })));

  const found = await ledger.ofSale(saleId);

  expect(new Set(found.map((entry) => entry.reservation.orderId))).toEqual(
    new Set(orders.map((one) => one.orderId)),
  );
  expect(found.filter((entry) => entry.settlement?.state === "confirmed")).toHaveLength(45);
  expect(await ledger.ofBuyer(saleId, buyerId)).toHaveLength(45);
  const page = await dynamo.send(new ScanCommand({ TableName: ledgerTable }));
  expect(page.LastEvaluatedKey).toBeDefined();
});
