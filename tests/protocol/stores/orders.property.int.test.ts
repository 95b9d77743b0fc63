import * as fc from "fast-check";
import { expect, test } from "vitest";
import { beginEpoch } from "../../../core/guardian/recovery.postgres.ts";
import { recordOrders } from "../../../core/orders/record-orders.postgres.ts";
import { giveRevision, lockSale } from "../../../core/sale/sales.postgres.ts";
import { testStores } from "../../support/stores.ts";
import { testOrders } from "../../support/test-orders.ts";
import { aReservation } from "../../support/test-reservation.ts";
import { allRules } from "../rules.ts";
import { OrdersLife, SETTINGS } from "./orders-life.ts";
import { ordersSteps } from "./orders-steps.ts";
import { newPostgres } from "./postgres.ts";
import { postgresOperations } from "./postgres-operations.ts";

const stores = await testStores();
const { db, insert } = testOrders(stores.databaseUrl);

test("the explorer's PostgreSQL decides and holds what the real one decides and holds", async () => {
  const property = fc.asyncProperty(ordersSteps, async (steps) => {
    const life = new OrdersLife(db, await insert(SETTINGS));
    for (const step of steps) {
      await life.step(step);
      await life.compare();
    }
  });
  await fc.assert(property, { numRuns: 80 });
}, 120_000);

test("who would change the sale's row waits while somebody has it, in the model as in PostgreSQL", async () => {
  const { saleId } = await insert(SETTINGS);
  const reservation = aReservation({ saleId });
  const operations = postgresOperations(allRules);
  const waits = [
    ["record", { reservation }, () => recordOrders(db, [reservation])],
    ["giveRevision", { count: 1 }, () => giveRevision(db, saleId)],
    ["beginEpoch", { fence: 0 }, () => beginEpoch(db, saleId, 0)],
  ] as const;
  const locked = { ...newPostgres(SETTINGS), lockedBy: "somebody" };
  for (const [name, args] of waits) expect(operations[name].run(args as never, locked as never)).toEqual([]);
  const done: string[] = [];
  let pending: Promise<unknown>[] = [];
  await db.transaction().execute(async (trx) => {
    await lockSale(trx, saleId);
    pending = waits.map(([name, , act]) => act().then(() => done.push(name)));
    await new Promise((resume) => setTimeout(resume, 300));
    expect(done).toEqual([]);
  });
  await Promise.all(pending);
  expect(done).toHaveLength(waits.length);
});
