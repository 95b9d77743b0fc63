import { expect, test } from "vitest";
import { testGate } from "../../tests/gate/test-gate.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { anActor } from "../../tests/support/test-sale.ts";
import { createJoins } from "../line/joins.dynamo.ts";
import { createLineFiles } from "../line/line-files.dynamo.ts";
import { createLineLogs } from "../line/line-log.dynamo.ts";
import { createSaleRecords } from "../sale/sale-record.dynamo.ts";
import { updateSale } from "./update-sale.ts";

const stores = await testStores();
const { gate } = testGate(stores.redisUrl);
const { db, insert } = testOrders(stores.databaseUrl);
const dynamo = testTables(stores.dynamoEndpoint);
const records = createSaleRecords(dynamo, stores.ledgerTable);
const joins = createJoins(dynamo, stores.lineTable);
const logs = createLineLogs(dynamo, stores.lineTable);
const files = createLineFiles(dynamo, stores.lineTable);

/** A sale whose gate has settings of a revision that PostgreSQL has not reached. */
async function ahead(revision: number) {
  const sale = await insert();
  await gate.load(sale);
  await gate.configure({ ...sale, allocated: 4, revision }, "committed");
  return updateSale({ db, gate, records, joins, logs, files }, sale.saleId, { state: "paused" }, anActor);
}

test("a change is in force once the gate has it", async () => {
  expect(await ahead(2)).toMatchObject({ kind: "changed", isInForce: true });
});

test("a change is not said to be in force while the gate goes by something else", async () => {
  const outcome = await ahead(50);
  if (outcome.kind !== "changed") throw new Error(`not changed: ${outcome.kind}`);
  expect(outcome.isInForce).toBe(false);
  expect(await gate.inspect(outcome.sale.saleId)).toMatchObject({ state: "running", revision: 50 });
});
