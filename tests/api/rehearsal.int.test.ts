import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import type { Rehearsal, RehearsalFault } from "../../core/contract/rehearsal.ts";
import { gateKeys } from "../../core/gate/keys.ts";
import { testCloud } from "../support/cloud.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";
import { localTables } from "../../local/aws-clients.ts";
import { queryItems } from "../../core/dynamo/query-items.dynamo.ts";
import { countedPartition, partitionsOf } from "../../core/reservation/ledger-key.ts";
import type { SaleId } from "../../core/ids.ts";

/** The crowd comes through the CDN, as shoppers do; of the site itself it needs no page. */
const siteDir = mkdtempSync(join(tmpdir(), "flash-sale-rehearsal-"));
const cloud = await testCloud({ siteDir, schedules: ["guardian"] });
afterAll(() => rmSync(siteDir, { recursive: true }));
const { call, newSale, buy } = testApi(cloud.apiUrl);
const { db, redis } = testSnapshots(cloud);
const operator = tokenOf(aBuyer(), "operator");
const dynamo = localTables(cloud.dynamoEndpoint);

const start = (fault: RehearsalFault, buyers: number, units: number, key: string = crypto.randomUUID()) =>
  call("POST /api/admin/rehearsals", { token: operator, key, body: { buyers, units, fault } });
const listed = async () => {
  const answer = await call("GET /api/admin/rehearsals", { token: operator });
  return (answer.body as unknown as { rehearsals: Rehearsal[] }).rehearsals;
};
const rehearsalOf = async (id: string) => (await listed()).find(({ rehearsalId }) => rehearsalId === id);

/** Rows of every table but the rehearsals' own, keys and ledger items that name a sale or an order of it. */
async function traces(saleId: SaleId): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'rehearsals'`.execute(db);
  const inTables = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await sql<{ found: string }>`
        select count(*) as found from ${sql.id(name)} as t
        where t::text like ${`%${saleId}%`} or t::text like ${`%${saleId.slice(-8)}%`}`.execute(db);
      return Number(rows[0]?.found) > 0 ? name : null;
    }),
  );
  const keys = await redis.exists(...Object.values(gateKeys(saleId)));
  const partitions = [
    ...partitionsOf(saleId),
    countedPartition(saleId),
    "sales",
    "sales#current",
    "guardian",
  ];
  const items = await Promise.all(partitions.map((pk) => queryItems(dynamo, cloud.ledgerTable, pk)));
  const left = items.flat().filter((item) => JSON.stringify(item).includes(saleId.slice(-8)));
  return [
    ...inTables.filter((name) => name !== null),
    ...(keys > 0 ? ["redis"] : []),
    ...left.map(() => "ledger"),
  ];
}

test("a launch with a lost Redis is rehearsed from the console, judged by exact counts, and leaves nothing", async () => {
  const neighbour = await newSale({ name: "Lamp" });
  const key = crypto.randomUUID();
  const started = await start("redis_loss", 60, 20, key);
  expect(started).toMatchObject({ status: 202, body: { state: "waiting", buyers: 60, units: 20 } });
  const { rehearsalId, saleId } = started.body as unknown as Rehearsal;
  const again = await start("redis_loss", 60, 20, key);
  expect(again).toMatchObject({ status: 202, body: { rehearsalId, saleId } });
  expect((await start("none", 60, 20, key)).status).toBe(422);

  await expect
    .poll(async () => (await rehearsalOf(rehearsalId))?.state, { timeout: 90_000, interval: 200 })
    .toBe("purging");
  const { verdict } = (await rehearsalOf(rehearsalId))!;
  expect(verdict!.laws.filter(({ holds }) => !holds)).toEqual([]);
  expect(verdict).toMatchObject({ isGo: true, notJudged: null, answers: { accepted: 20, sold_out: 40 } });
  expect(verdict!.laws).toContainEqual({ law: "recoveries of the gate ≥ 1", left: 1, right: 1, holds: true });
  // While it went on, it was there: what is counted below would have been found.
  expect(await traces(saleId!)).not.toEqual([]);

  await expect
    .poll(async () => (await rehearsalOf(rehearsalId))?.state, { timeout: 90_000, interval: 200 })
    .toBe("done");
  expect(await traces(saleId!)).toEqual([]);
  expect((await call(`GET /api/sale/status/${saleId}`)).status).toBe(404);
  // What is no rehearsal stays and sells.
  expect((await buy(neighbour)).status).toBe(202);
  expect(await traces(neighbour)).not.toEqual([]);
}, 200_000);

test("a crowd that died is not judged: whoever takes the rehearsal up clears it away", async () => {
  const rows = { buyers: 5, units: 2, fault: "none" as const, creation_hash: "h", started_by: aBuyer() };
  const saleId = await newSale({ name: "Rehearsal that died", currency: "XTS", visibility: "unlisted" });
  await buy(saleId);
  const id = "reh_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as Rehearsal["rehearsalId"];
  await db
    .insertInto("rehearsals")
    .values({ ...rows, id, creation_key: "died", state: "selling", sale_id: saleId })
    .execute();
  const step = (body: object) => call(`POST /api/admin/rehearsals/${id}/steps`, { token: operator, body });
  expect((await step({ step: "begin" })).status).toBe(409);
  expect((await step({ step: "purge", isLast: false })).status).toBe(409);
  const judged = { step: "judge", answers: [], crowdMs: 0, isLast: false };
  expect(await step({ ...judged, notJudged: "it was interrupted" })).toMatchObject({
    status: 200,
    body: { state: "purging", verdict: { isGo: false, notJudged: "it was interrupted" } },
  });
  const purged = async () => {
    const answer = await step({ step: "purge", isLast: false });
    return (answer.body as unknown as Rehearsal).state;
  };
  await expect.poll(purged, { timeout: 60_000, interval: 500 }).toBe("done");
  expect(await traces(saleId)).toEqual([]);
  expect((await step({ step: "purge", isLast: false })).body).toMatchObject({ state: "done" });
}, 90_000);

test("who may only watch starts none; a real sale is never removed, whatever a row says", async () => {
  const viewer = tokenOf(aBuyer(), "viewer");
  const body = { buyers: 5, units: 2, fault: "none" };
  expect(
    (await call("POST /api/admin/rehearsals", { token: viewer, key: crypto.randomUUID(), body })).status,
  ).toBe(403);
  expect((await start("none", 0, 2)).body).toMatchObject({ errors: [{ field: "buyers" }] });
  const saleId = await newSale({ name: "Lamp" });
  const id = "reh_01J9ZQ4Z6XWT9YV3W3V9K8M2QE" as Rehearsal["rehearsalId"];
  await db
    .insertInto("rehearsals")
    .values({
      id,
      creation_key: "k",
      creation_hash: "h",
      sale_id: saleId,
      buyers: 1,
      units: 1,
      fault: "none",
      state: "purging",
      started_by: aBuyer(),
    })
    .execute();
  const answer = await call(`POST /api/admin/rehearsals/${id}/steps`, {
    token: operator,
    body: { step: "purge", isLast: true },
  });
  expect(answer.status).toBe(409);
  await expect(sql`select purge_rehearsal(${id})`.execute(db)).rejects.toThrow("sale of no rehearsal");
  expect((await buy(saleId)).status).toBe(202);
});
