import { sql } from "kysely";
import { expect, test } from "vitest";
import { salesQuery } from "../contract/admin.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { FAR_AHEAD_MS, NOW_MS } from "../../tests/support/test-sale.ts";
import type { SaleId } from "../ids.ts";
import * as v from "valibot";
import { searchSales } from "./search-sales.postgres.ts";

const stores = await testStores();
const { db, insert } = testOrders(stores.databaseUrl);
const MANY = 10_000;

const search = (query: Record<string, string>) => searchSales(db, v.parse(salesQuery, query), NOW_MS);
const idsOf = async (query: Record<string, string>) =>
  (await search({ limit: "100", ...query })).sales.map(({ saleId }) => saleId);

/** Older than every sale that a test makes: their ids are of the year 1970. Every hundredth is a draft. */
async function insertMany(): Promise<void> {
  await sql`
    insert into sales (id, name, description, price_minor, currency, allocated, purchase_limit, attempt_limit,
      starts_at, epoch, visibility, creation_key, creation_hash)
    select 'sale_' || lpad(i::text, 26, '0'), 'Mass ' || i, '', 1, 'EUR', 1, 1, 1, now(),
      case when i % 100 = 0 then 0 else 1 end, case when i % 100 = 0 then 'draft' else 'listed' end, 'mass-' || i, ''
    from generate_series(1, ${MANY}) as i`.execute(db);
}

/** All pages, one after the other, with something that happens between them. */
async function readAll(query: Record<string, string>, between: () => Promise<unknown> = async () => {}) {
  const found: SaleId[] = [];
  for (let after: SaleId | null = null; ;) {
    const page = await search({ ...query, limit: "100", ...(after !== null && { after }) });
    found.push(...page.sales.map(({ saleId }) => saleId));
    after = page.next;
    if (after === null) return found;
    await between();
  }
}

test("of 10,000 sales each is found once, newest first, though others are made meanwhile", async () => {
  await insertMany();
  const found = await readAll({ search: "mass" }, () => insert({ name: "Mass, and new" }));
  expect(found).toHaveLength(MANY);
  expect(found).toEqual([...new Set(found)].toSorted().toReversed());
  expect((await search({ search: "Mass 1" })).found).toBe(1_112);
  expect(await readAll({ search: "Mass ", visibility: "draft" })).toHaveLength(MANY / 100);
});

test("a page of the few drafts is read by the index, not by way of the others", async () => {
  await sql`analyze sales`.execute(db);
  const { rows } = await sql<Record<"QUERY PLAN", string>>`
    explain select * from sales where visibility = 'draft' order by id desc limit 51`.execute(db);
  expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("sales_by_visibility");
});

test("a search is for a part of the name in any case or the beginning of the id, and no pattern", async () => {
  const [boot, odd] = [
    await insert({ name: "Winter Boot" }),
    await insert({ name: String.raw`100%_\ wool` }),
  ];
  expect(await idsOf({ search: "ter boo" })).toEqual([boot.saleId]);
  expect(await idsOf({ search: boot.saleId })).toEqual([boot.saleId]);
  expect(await idsOf({ search: boot.saleId.slice(0, 20) })).toContain(boot.saleId);
  expect(await idsOf({ search: String.raw`0%_\ w` })).toEqual([odd.saleId]);
  expect(await idsOf({ search: "0__" })).toEqual([]);
  const german = await insert({ translations: { de: { name: "Winterstiefel", description: "" } } });
  expect(await idsOf({ search: "STIEFEL" })).toEqual([german.saleId]);
});

test("a sale in the currency for tests is found by its name, and is in no list without a search", async () => {
  const smoke = await insert({ name: "Smoke of a deploy", currency: "XTS" });
  expect(await idsOf({ search: "smoke of" })).toEqual([smoke.saleId]);
  expect(await idsOf({})).not.toContain(smoke.saleId);
});

test("each phase and each visibility finds its own", async () => {
  const [past, ahead] = [NOW_MS - 1, FAR_AHEAD_MS];
  const name = "Filtered";
  const of = {
    scheduled: await insert({ name, startsAtMs: ahead }),
    open: await insert({ name, startsAtMs: past, visibility: "unlisted" }),
    paused: await insert({ name, startsAtMs: past, state: "paused" }),
    ended: await insert({ name, startsAtMs: past, state: "ended", closedAtMs: past, visibility: "retired" }),
  };
  const over = await insert({ name, startsAtMs: past - 1, endsAtMs: past });
  const draft = await insert({ name, startsAtMs: ahead, visibility: "draft", epoch: 0 });
  const found = (query: Record<string, string>) => idsOf({ search: name, ...query });
  expect(await found({ phase: "scheduled" })).toEqual([of.scheduled.saleId]);
  expect(await found({ phase: "open" })).toEqual([of.open.saleId]);
  expect(await found({ phase: "paused" })).toEqual([of.paused.saleId]);
  expect(new Set(await found({ phase: "ended" }))).toEqual(new Set([of.ended.saleId, over.saleId]));
  expect(await found({ phase: "sold_out" })).toEqual([]);
  expect(await found({ visibility: "draft" })).toEqual([draft.saleId]);
  expect(await found({ visibility: "unlisted" })).toEqual([of.open.saleId]);
  expect(await found({ visibility: "retired" })).toEqual([of.ended.saleId]);
  expect(await found({ visibility: "not_retired" })).toHaveLength(5);
  expect(await found({ visibility: "retired", phase: "open" })).toEqual([]);
});
