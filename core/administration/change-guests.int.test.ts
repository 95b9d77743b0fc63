import { expect, test } from "vitest";
import { testGate } from "../../tests/gate/test-gate.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { anActor } from "../../tests/support/test-sale.ts";
import { createGuestLists, type GuestLists } from "../guests/guest-list.dynamo.ts";
import type { SaleId } from "../ids.ts";
import { createJoins } from "../line/joins.dynamo.ts";
import { createLineFiles } from "../line/line-files.dynamo.ts";
import { createLineLogs } from "../line/line-log.dynamo.ts";
import { createSaleRecords } from "../sale/sale-record.dynamo.ts";
import { findSale } from "../sale/sales.postgres.ts";
import { changeGuests } from "./change-guests.ts";

const stores = await testStores();
const { gate } = testGate(stores.redisUrl);
const { db, insert } = testOrders(stores.databaseUrl);
const dynamo = testTables(stores.dynamoEndpoint);
const lists = createGuestLists(dynamo, stores.lineTable);
const deps = {
  db,
  gate,
  lists,
  records: createSaleRecords(dynamo, stores.ledgerTable),
  joins: createJoins(dynamo, stores.lineTable),
  logs: createLineLogs(dynamo, stores.lineTable),
  files: createLineFiles(dynamo, stores.lineTable),
  providers: new Map(),
  warn: (message: string) => expect.fail(message),
};
type How = "add" | "remove" | "replace";
const change = (saleId: SaleId, how: How, codes: readonly string[], by: GuestLists = lists) =>
  changeGuests(
    { ...deps, lists: by },
    saleId,
    { how, csv: ["code", ...codes].join("\n") },
    anActor,
    Date.now(),
  );
const listOf = async (saleId: SaleId) => (await findSale(db, saleId))!.guestList;
const codesOf = async (saleId: SaleId) =>
  (await lists.rows(saleId, (await listOf(saleId)).id)).map(({ key }) => key).toSorted();

async function aSaleWith(codes: readonly string[]): Promise<SaleId> {
  const { saleId } = await insert({ guests: { kind: "listed", by: "codes", tiers: [] } });
  const sale = (await findSale(db, saleId))!;
  await gate.load(sale);
  await change(saleId, "add", codes);
  return saleId;
}

/** Something is done right after a list was read. */
function afterReading(work: () => Promise<unknown>): GuestLists {
  let isFirst = true;
  return {
    ...lists,
    rows: async (saleId, list) => {
      const rows = await lists.rows(saleId, list);
      if (isFirst) {
        isFirst = false;
        await work();
      }
      return rows;
    },
  };
}

test("a guest who was added beside a removal is on the list, or whoever adds them is told that they are not", async () => {
  const saleId = await aSaleWith(["FIRST001", "GONE0001"]);
  const meanwhile = afterReading(async () =>
    expect(await change(saleId, "add", ["ADDED001"])).toMatchObject({ kind: "changed" }),
  );
  expect(await change(saleId, "remove", ["GONE0001"], meanwhile)).toMatchObject({ kind: "conflict" });
  expect(await codesOf(saleId)).toEqual(["ADDED001", "FIRST001", "GONE0001"]);
  expect(await change(saleId, "remove", ["GONE0001"])).toMatchObject({ kind: "changed" });
  expect(await codesOf(saleId)).toEqual(["ADDED001", "FIRST001"]);
});

test("a guest who is added while the list is switched is on the new one, and so are two who are added at once", async () => {
  const saleId = await aSaleWith(["FIRST001", "GONE0001"]);
  const switched = afterReading(() => change(saleId, "remove", ["GONE0001"]));
  expect(await change(saleId, "add", ["ADDED001"], switched)).toMatchObject({ kind: "changed" });
  // The same between the two times that an add is counted.
  const late: GuestLists = {
    ...lists,
    write: async (...row) => {
      if (row[2].some(({ key }) => key === "ADDED002") && (await codesOf(saleId)).includes("FIRST001"))
        await change(saleId, "remove", ["FIRST001"]);
      return lists.write(...row);
    },
  };
  expect(await change(saleId, "add", ["ADDED002"], late)).toMatchObject({ kind: "changed" });
  const beside = afterReading(() => change(saleId, "add", ["ADDED003"]));
  expect(await change(saleId, "add", ["ADDED004"], beside)).toMatchObject({ kind: "changed" });
  expect(await codesOf(saleId)).toEqual(["ADDED001", "ADDED002", "ADDED003", "ADDED004"]);
});

test("each change is in the audit log: how, of how many rows, and by which file", async () => {
  const saleId = await aSaleWith(["FIRST001"]);
  await change(saleId, "add", ["FIRST001", "SECOND02"]);
  await change(saleId, "replace", ["SECOND02", "THIRD003"]);
  const entries = await db
    .selectFrom("audit_log")
    .select("after")
    .where("sale_id", "=", saleId)
    .orderBy("id")
    .execute();
  const file = expect.stringMatching(/^[\da-f]{64}$/) as string;
  expect(entries.slice(-2).map(({ after }) => after)).toEqual([
    { guestsHow: "add", guestsAdded: 1, guestsRemoved: 0, guestsChanged: 0, guestsFile: file },
    expect.objectContaining({
      guestsHow: "replace",
      guestsAdded: 1,
      guestsRemoved: 1,
      guestsChanged: 0,
      guestsFile: file,
      guestEdition: 2,
    }),
  ]);
});

test("a list that was replaced can be asked for until every function has heard of the new one", async () => {
  const saleId = await aSaleWith(["FIRST001", "GONE0001"]);
  const old = await listOf(saleId);
  await change(saleId, "remove", ["GONE0001"]);
  expect(await lists.find(saleId, old.id, "FIRST001")).toMatchObject({ key: "FIRST001" });
});
