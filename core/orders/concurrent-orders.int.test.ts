import { sql } from "kysely";
import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { kindOf, testOrders } from "../../tests/support/test-orders.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aBuyer } from "../../tests/support/test-sale.ts";
import { waitFor } from "../../tests/support/wait-for.ts";
import { connectDatabase } from "../postgres/connect.postgres.ts";
import { recordOrders } from "./record-orders.postgres.ts";

const stores = await testStores();
const { db, insert, rowsOf, soldOf } = testOrders(stores.databaseUrl);

test("batches of the same orders, at once and in other orders, leave each order once", async () => {
  const sales = [await insert({ allocated: 100 }), await insert({ allocated: 100 })];
  const all = Array.from({ length: 60 }, (_, i) =>
    aReservation({ saleId: sales[i % 2]!.saleId, place: i + 1 }),
  );
  const batches = Array.from({ length: 8 }, (_, i) => {
    const turned = [...all.slice(i * 7), ...all.slice(0, i * 7)].slice(0, 40);
    return i % 2 === 0 ? turned : turned.toReversed();
  });
  const results = await Promise.all(batches.map((batch) => recordOrders(db, batch)));
  for (const [index, { recorded, failed, stale }] of results.entries()) {
    expect(recorded.filter((order) => kindOf(order) === "confirmed")).toHaveLength(batches[index]!.length);
    expect([failed, stale]).toEqual([[], []]);
  }
  expect((await soldOf(sales[0]!.saleId)) + (await soldOf(sales[1]!.saleId))).toBe(60);
});

test("batches that together ask for more than the allocation get exactly the allocation", async () => {
  const { saleId } = await insert({ allocated: 50 });
  const batches = Array.from({ length: 8 }, () => Array.from({ length: 20 }, () => aReservation({ saleId })));
  const results = await Promise.all(batches.map((batch) => recordOrders(db, batch)));
  const states = results.flatMap(({ recorded }) => recorded.map((order) => kindOf(order)));
  expect(states.filter((state) => state === "confirmed")).toHaveLength(50);
  expect(states.filter((state) => state === "rejected")).toHaveLength(110);
  expect(await soldOf(saleId)).toBe(50);
  expect(await rowsOf(saleId)).toHaveLength(160);
});

test("a buyer's orders in batches at once never pass the purchase limit", async () => {
  const { saleId } = await insert({ allocated: 100, purchaseLimit: 3 });
  const buyerId = aBuyer();
  const orders = Array.from({ length: 12 }, (_, i) =>
    aReservation({ saleId, buyerId, n: i + 1, place: i + 1 }),
  );
  const results = await Promise.all(orders.map((reservation) => recordOrders(db, [reservation])));
  const states = results.flatMap(({ recorded }) => recorded.map((order) => kindOf(order)));
  expect(states.filter((state) => state === "confirmed")).toHaveLength(3);
  expect(await soldOf(saleId)).toBe(3);
});

test("an order whose sale begins a new epoch while it waits for it is stale", async () => {
  const { saleId } = await insert({ epoch: 1 });
  const reservation = aReservation({ saleId, epoch: 1 });
  const recovery = await db.startTransaction().execute();
  await recovery.updateTable("sales").set({ epoch: 2 }).where("id", "=", saleId).execute();
  const recording = recordOrders(db, [reservation]);
  await waitFor("the order waits for its sale", async () => {
    const { rows } = await sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    return rows.length === 1;
  });
  await recovery.commit().execute();
  expect(await recording).toEqual({ recorded: [], stale: [reservation], failed: [] });
  expect(await rowsOf(saleId)).toEqual([]);
});

test("a database that does not answer throws: nothing is said of the orders", async () => {
  const { saleId } = await insert();
  const closed = connectDatabase("postgres://nobody@127.0.0.1:1/none");
  try {
    await expect(recordOrders(closed, [aReservation({ saleId })])).rejects.toThrow();
  } finally {
    await closed.destroy();
  }
});
