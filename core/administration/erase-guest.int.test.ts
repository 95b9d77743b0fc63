import { expect, test } from "vitest";
import { testGate } from "../../tests/gate/test-gate.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { aBuyer, anActor } from "../../tests/support/test-sale.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import { buyerKey, cameKey, camePartitions, listPartitions } from "../guests/guest-key.ts";
import { createGuestLists, type GuestLists } from "../guests/guest-list.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { createJoins } from "../line/joins.dynamo.ts";
import { createLineFiles } from "../line/line-files.dynamo.ts";
import { createLineLogs } from "../line/line-log.dynamo.ts";
import { createSaleRecords } from "../sale/sale-record.dynamo.ts";
import { findSale } from "../sale/sales.postgres.ts";
import { changeGuests, guestsCsv, summarizeGuests } from "./change-guests.ts";
import { eraseGuest, guestItems } from "./erase-guest.ts";

const stores = await testStores();
const { gate } = testGate(stores.redisUrl);
const { db, insert } = testOrders(stores.databaseUrl);
const dynamo = testTables(stores.dynamoEndpoint);
const lists = createGuestLists(dynamo, stores.lineTable);
const providers = new Map();
const keepUntilMs = Date.now() + 3_600_000;

async function aSaleOf(by: "addresses" | "codes", rows: readonly string[]): Promise<SaleId> {
  const { saleId } = await insert({ guests: { kind: "listed", by, tiers: [] } });
  await gate.load((await findSale(db, saleId))!);
  expect(await change(saleId, "replace", rows, by)).toMatchObject({ kind: "changed" });
  return saleId;
}
const change = (
  saleId: SaleId,
  how: "add" | "replace" | "remove",
  rows: readonly string[],
  by = "addresses",
  from: GuestLists = lists,
) => {
  const deps = {
    db,
    gate,
    lists: from,
    providers,
    records: createSaleRecords(dynamo, stores.ledgerTable),
    joins: createJoins(dynamo, stores.lineTable),
    logs: createLineLogs(dynamo, stores.lineTable),
    files: createLineFiles(dynamo, stores.lineTable),
    warn: (message: string) => expect.fail(message),
  };
  const csv = [by === "codes" ? "code,uses" : "address", ...rows].join("\n");
  return changeGuests(deps, saleId, { how, csv }, anActor, Date.now());
};
const come = (saleId: SaleId, key: string, buyer: BuyerId, uses = 1) =>
  lists.bind(saleId, { key, uses }, { buyer, keepUntilMs });
const erase = (buyerId: BuyerId, emails: readonly string[], by: GuestLists = lists) =>
  eraseGuest({ db, lists: by, providers }, { buyerId, emails });
const summaryOf = async (saleId: SaleId) => summarizeGuests(lists, (await findSale(db, saleId))!);

const cutOff = () => {
  throw new Error("cut off");
};

/** All that the table has of a sale's lists and of who came. */
async function stored(saleId: SaleId, buyers: readonly BuyerId[]): Promise<string> {
  const { guestList } = (await findSale(db, saleId))!;
  const pks = [
    ...camePartitions(saleId),
    ...listPartitions(saleId, guestList.id),
    ...buyers.map((buyer) => buyerKey(saleId, buyer).pk),
  ];
  const items = await Promise.all(pks.map((pk) => queryItems(dynamo, stores.lineTable, pk)));
  return JSON.stringify(
    items.flat().map((item) => ({ ...item, buyers: [...((item["buyers"] as Set<string>) ?? [])] })),
  );
}

test("who came is stored under a keyed hash: no key and no field has the address", async () => {
  const saleId = await aSaleOf("addresses", ["ada@example.com"]);
  const ada = aBuyer();
  expect(await come(saleId, "ada@example.com", ada)).toBe(true);
  const came = await Promise.all(
    [...camePartitions(saleId), buyerKey(saleId, ada).pk].map((pk) =>
      queryItems(dynamo, stores.lineTable, pk),
    ),
  );
  expect(came.flat()).toHaveLength(2);
  expect(JSON.stringify(came)).not.toContain("ada@");
  expect(await summaryOf(saleId)).toMatchObject({ listed: 1, came: 1, buyers: 1 });
});

test("an address is exported and erased, and the numbers of the list stay true", async () => {
  const saleId = await aSaleOf("addresses", ["ada@example.com", "bob@example.com", "cem@example.com"]);
  const [ada, bob, cem] = [aBuyer(), aBuyer(), aBuyer()];
  for (const [key, buyer] of [
    ["ada@example.com", ada],
    ["bob@example.com", bob],
  ] as const)
    await come(saleId, key, buyer);
  const before = { listed: 3, came: 2, buyers: 2 };
  expect(await summaryOf(saleId)).toMatchObject(before);
  const emails = ["ada@example.com"];
  expect(await guestItems({ db, lists, providers }, { buyerId: ada, emails })).toMatchObject([
    { shown: "ada@example.com" },
    { sk: ada, handle: expect.stringMatching(/^h_/) },
    { buyers: [ada] },
  ]);

  // Cut off after each write, it goes on.
  const cuts: Partial<GuestLists>[] = [
    { keepCame: (...row) => lists.keepCame(...row).then(cutOff) },
    { rename: (...row) => lists.rename(...row).then(cutOff) },
    { eraseBuyer: (...row) => lists.eraseBuyer(...row).then(cutOff) },
  ];
  for (const cut of cuts) await expect(erase(ada, emails, { ...lists, ...cut })).rejects.toThrow("cut off");
  await erase(ada, emails);
  // Listed, though they never came.
  await erase(cem, ["cem@example.com"]);
  expect(await summaryOf(saleId)).toMatchObject(before);
  const left = await stored(saleId, [ada, bob, cem]);
  for (const gone of ["ada@", "cem@", ada, cem]) expect(left).not.toContain(gone);
  expect(left).toContain(bob);
  expect(await guestItems({ db, lists, providers }, { buyerId: ada, emails })).toEqual([]);
  // The file has nobody who is gone, and reading it in again voids nothing.
  const sale = (await findSale(db, saleId))!;
  expect(await guestsCsv(lists, sale)).toBe("address,tier,came\r\nbob@example.com,,1\r\n");
  await change(saleId, "replace", ["bob@example.com"]);
  expect((await findSale(db, saleId))!.guestList.edition).toBe(sale.guestList.edition);
});

test("a code stays used when its buyer is erased", async () => {
  const saleId = await aSaleOf("codes", ["CODE4TWO,2"]);
  const [ada, bob] = [aBuyer(), aBuyer()];
  for (const buyer of [ada, bob]) expect(await come(saleId, "CODE4TWO", buyer, 2)).toBe(true);
  await erase(ada, ["ada@example.com"]);
  await erase(ada, ["ada@example.com"]);
  expect(await come(saleId, "CODE4TWO", aBuyer(), 2)).toBe(false);
  expect(await lists.boundTo(saleId, ada)).toBeNull();
  expect(await lists.boundTo(saleId, bob)).toBe("CODE4TWO");
  expect(await summaryOf(saleId)).toMatchObject({ listed: 1, came: 1, buyers: 2 });
  expect(await stored(saleId, [ada])).not.toContain(ada);
});

test("what was stored under the address itself is counted, binds, and goes", async () => {
  const saleId = await aSaleOf("addresses", ["old@example.com"]);
  const old = aBuyer();
  const key = "old@example.com";
  const TableName = stores.lineTable;
  await dynamo.put({
    TableName,
    Item: { ...cameKey(saleId, key), buyers: new Set([old]), ttl: 9_999_999_999 },
  });
  await dynamo.put({ TableName, Item: { ...buyerKey(saleId, old), key, ttl: 9_999_999_999 } });
  expect(await summaryOf(saleId)).toMatchObject({ came: 1, buyers: 1 });
  expect(await come(saleId, key, aBuyer())).toBe(false);
  expect(await come(saleId, key, old)).toBe(true);
  expect(await summaryOf(saleId)).toMatchObject({ came: 1, buyers: 1 });
  await erase(old, [key]);
  expect(await stored(saleId, [old])).not.toContain("old@");
  expect(await stored(saleId, [old])).not.toContain(old);
  expect(await summaryOf(saleId)).toMatchObject({ listed: 1, came: 1, buyers: 1 });
});

test("nobody is taken off for an alias of theirs with which another buyer came", async () => {
  const saleId = await aSaleOf("addresses", ["two@example.com"]);
  const [first, other] = [aBuyer(), aBuyer()];
  await come(saleId, "two@example.com", first);
  await erase(other, ["two@example.com"]);
  expect(await summaryOf(saleId)).toMatchObject({ listed: 1, came: 1 });
  expect(
    await lists.find(saleId, (await findSale(db, saleId))!.guestList.id, "two@example.com"),
  ).not.toBeNull();
});

test("a list that is made meanwhile from the one with the address comes without it", async () => {
  const saleId = await aSaleOf("addresses", ["ada@example.com", "bob@example.com", "cem@example.com"]);
  const read = await lists.rows(saleId, (await findSale(db, saleId))!.guestList.id);
  let isFirst = true;
  const switching: GuestLists = {
    ...lists,
    rename: async (...row) => {
      await lists.rename(...row);
      // Made from what was read while the address was on it.
      const stale = { ...lists, rows: async () => read };
      if (isFirst)
        expect(await change(saleId, "remove", ["cem@example.com"], "addresses", stale)).toMatchObject({
          kind: "changed",
        });
      isFirst = false;
    },
  };
  await erase(aBuyer(), ["ada@example.com"], switching);
  const { guestList } = (await findSale(db, saleId))!;
  const keys = (await lists.rows(saleId, guestList.id)).map(({ key }) => key);
  expect(keys).not.toContain("ada@example.com");
  expect(keys).toHaveLength(2);
});
