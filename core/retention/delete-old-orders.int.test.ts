import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import type { Clock } from "../clock.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { SaleId } from "../ids.ts";
import { numberEvents } from "../events/feed.postgres.ts";
import { recordOrders } from "../orders/record-orders.postgres.ts";
import { connectDatabase } from "../postgres/connect.postgres.ts";
import { orderKey, partitionsOf } from "../reservation/ledger-key.ts";
import { deleteOldOrders } from "./delete-old-orders.ts";
import { createLedgerItems } from "./ledger-items.dynamo.ts";

const stores = await testStores();
const { db, insert } = testOrders(stores.databaseUrl);
const owner = connectDatabase(stores.databaseUrl);
afterAll(() => owner.destroy());
const dynamo = testTables(stores.dynamoEndpoint);
const TableName = stores.ledgerTable;
const clockAt = (now: string): Clock => ({ nowMs: () => Date.parse(now), monotonicMs: () => 0 });

/** A sale that was closed with two orders, each with a copy in the ledger, as if it had been then. */
async function anOldSale(closedAt: string) {
  const { saleId } = await insert({ allocated: 5, purchaseLimit: 2 });
  const orders = [1, 2].map((place) => aReservation({ saleId, place }));
  await recordOrders(db, orders);
  for (const { orderId, buyerId } of orders) {
    const key = orderKey(orderId, buyerId);
    await dynamo.put({ TableName, Item: { ...key, saleId, orderId, buyerId } });
    await dynamo.put({ TableName, Item: { ...key, sk: `${key.sk}#0001`, kind: "confirmed" } });
  }
  const at = new Date(closedAt);
  await sql`update sales set state = 'ended', closed_at = ${at} where id = ${saleId}`.execute(owner);
  await sql`update orders set created_at = ${at} where sale_id = ${saleId}`.execute(owner);
  await sql`update order_events set created_at = ${at} where order_id in (select id from orders where sale_id = ${saleId})`.execute(
    owner,
  );
  return { saleId, orders };
}

async function leftOf(saleId: SaleId, ids: readonly string[]) {
  const { rows } = await sql<Record<string, number>>`
    select (select count(*)::int from orders where sale_id = ${saleId}) as orders,
      (select count(*)::int from order_events where order_id = any (${ids})) as steps,
      (select count(*)::int from buyer_units where sale_id = ${saleId}) as buyers,
      (select count(*)::int from events where stream = any (${ids})) as events`.execute(owner);
  const items = await Promise.all(partitionsOf(saleId).map((pk) => queryItems(dynamo, TableName, pk)));
  return { ...rows[0], ledger: items.flat().length };
}
const nothing = { orders: 0, steps: 0, buyers: 0, events: 0, ledger: 0 };
const run = (now: string) =>
  deleteOldOrders({
    db,
    ledgerItems: createLedgerItems(dynamo, TableName),
    clock: clockAt(now),
    ordersAtOnce: 1,
  });

test("orders go once their eight years are over, from every store, and each batch is in the audit log", async () => {
  const old = await anOldSale("2016-05-01T00:00:00.000Z");
  const young = await anOldSale("2018-05-01T00:00:00.000Z");
  await numberEvents(db, async () => {});
  const ids = (of: typeof old) => of.orders.map(({ orderId }) => orderId);
  const kept = await leftOf(young.saleId, ids(young));
  expect(kept).toMatchObject({ orders: 2, steps: 2, buyers: 2, ledger: 4 });
  // By the clock of the end of the last year in which they are kept, and of the next one.
  expect(await run("2024-12-31T12:00:00.000Z")).toBe(0);
  expect(await run("2025-01-03T00:00:00.000Z")).toBe(2);
  expect(await leftOf(old.saleId, ids(old))).toEqual(nothing);
  expect(await leftOf(young.saleId, ids(young))).toEqual(kept);
  expect(await run("2025-01-03T00:00:00.000Z")).toBe(0);
  const { rows } = await sql<{ after: unknown }>`
    select after from audit_log where sale_id = ${old.saleId} and action = 'orders_deleted'`.execute(owner);
  expect(rows.map(({ after }) => after)).toEqual(
    [1, 2].map(() => ({ orders: 1, olderThan: "2016-12-31T00:00:00.000Z" })),
  );
});

test("a sale to whose orders something happened since, or that still owes money, is kept whole", async () => {
  const [late, owing] = [
    await anOldSale("2015-05-01T00:00:00.000Z"),
    await anOldSale("2015-05-01T00:00:00.000Z"),
  ];
  await sql`update order_events set created_at = '2020-01-01' where order_id = ${late.orders[0]!.orderId}`.execute(
    owner,
  );
  await sql`
    insert into refunds (order_id, refund_id, sale_id, attempt, amount_minor, state, created_at, changed_at)
    values (${owing.orders[0]!.orderId}, 'a-test', ${owing.saleId}, 0, 100, 'failed', '2015-06-01', '2015-06-01')`.execute(
    owner,
  );
  expect(await run("2026-01-03T00:00:00.000Z")).toBe(0);
  for (const { saleId, orders } of [late, owing])
    expect(
      await leftOf(
        saleId,
        orders.map(({ orderId }) => orderId),
      ),
    ).toMatchObject({ orders: 2, ledger: 4 });
});

test("PostgreSQL refuses to delete what is younger by its own clock, whatever it is asked", async () => {
  const { saleId } = await anOldSale("2019-05-01T00:00:00.000Z");
  const before = new Date(Date.now() - 7 * 365 * 24 * 60 * 60 * 1000);
  await expect(sql`select delete_old_orders(${saleId}, ${before}, 10)`.execute(db)).rejects.toThrow(
    "kept for eight years",
  );
  await expect(sql`delete from orders where sale_id = ${saleId}`.execute(db)).rejects.toThrow(
    "permission denied",
  );
});
