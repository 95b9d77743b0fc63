import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { Client } from "pg";
import { afterAll, expect, test } from "vitest";
import type { Rehearsal, RehearsalFault } from "../../core/contract/rehearsal.ts";
import { testCloud } from "../support/cloud.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { saleTraces } from "../support/sale-traces.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer, FAR_AHEAD_MS } from "../support/test-sale.ts";
import { loadConfig } from "../../core/config.ts";
import { openSqs } from "../../core/aws/connect.sqs.ts";
import { issueSession, sessionSigner } from "../../core/identity/session.ts";
import { createRehearsalQueue } from "../../core/rehearsal/rehearsal-queue.sqs.ts";
import { takeUpRehearsals } from "../../core/rehearsal/take-up.ts";
import { newRehearsalId, type SaleId } from "../../core/ids.ts";

/** The crowd comes through the CDN, as shoppers do; of the site itself it needs no page. */
const siteDir = mkdtempSync(join(tmpdir(), "flash-sale-rehearsal-"));
const cloud = await testCloud({ siteDir, schedules: ["guardian"] });
const sqs = openSqs(cloud.rehearsalQueueUrl, cloud.sqsEndpoint);
const queue = createRehearsalQueue(sqs);
afterAll(() => {
  sqs.close();
  rmSync(siteDir, { recursive: true });
});
const { call, newSale, buy } = testApi(cloud.apiUrl);
const { db } = testSnapshots(cloud);
const operator = tokenOf(aBuyer(), "operator");

const start = (fault: RehearsalFault, buyers: number, units: number, key: string = crypto.randomUUID()) =>
  call("POST /api/admin/rehearsals", { token: operator, key, body: { buyers, units, fault } });
const listed = async () => {
  const answer = await call("GET /api/admin/rehearsals", { token: operator });
  return (answer.body as unknown as { rehearsals: Rehearsal[] }).rehearsals;
};
const rehearsalOf = async (id: string) => (await listed()).find(({ rehearsalId }) => rehearsalId === id);

/** What the crowd's own function makes for itself. */
const crowdTokenOf = (id: Rehearsal["rehearsalId"]) => {
  const { SESSION_SECRET, STAGE } = loadConfig(["SESSION_SECRET"]);
  const session = { buyerId: aBuyer(), role: "shopper", expiresAtMs: FAR_AHEAD_MS, rehearsalId: id } as const;
  return issueSession(sessionSigner(SESSION_SECRET, STAGE), session);
};
/** The functions' role may not change under which key a sale was made. */
async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: cloud.databaseUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
async function aRow(row: { readonly state: Rehearsal["state"]; readonly sale_id: SaleId | null }) {
  const id = newRehearsalId(Date.now());
  const rest = { buyers: 1, units: 1, fault: "none" as const, creation_hash: "h", started_by: aBuyer() };
  await db
    .insertInto("rehearsals")
    .values({ id, creation_key: id, ...rest, ...row })
    .execute();
  return id;
}

const traces = saleTraces(cloud);

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

test.each<RehearsalFault>(["pause", "sent_twice", "answers_lost"])(
  "a fault that came (%s) has left its trace in a store",
  { timeout: 120_000 },
  async (fault) => {
    const { rehearsalId } = (await start(fault, 30, 10)).body as unknown as Rehearsal;
    const judged = async () => (await rehearsalOf(rehearsalId))?.verdict;
    await expect.poll(judged, { timeout: 90_000, interval: 200 }).not.toBeNull();
    const { laws, isGo } = (await judged())!;
    expect(laws.filter(({ holds }) => !holds)).toEqual([]);
    expect(isGo).toBe(true);
    const traceLaws = laws.filter(({ law }) => /audit log|by their key/.test(law));
    expect(traceLaws).toMatchObject([{ left: fault === "pause" ? 1 : expect.any(Number), holds: true }]);
  },
);

test("a rehearsal that was left is taken up: not judged, and cleared away with the sale that nobody named", async () => {
  const leave = async (id: Rehearsal["rehearsalId"], state: "waiting" | "selling") => {
    const saleId = await newSale({ name: "Rehearsal that died", currency: "XTS", visibility: "unlisted" });
    await buy(saleId);
    const isNamed = state === "selling";
    if (!isNamed) await asOwner(`update sales set creation_key = 'rehearsal:${id}' where id = '${saleId}'`);
    const rows = {
      id,
      buyers: 5,
      units: 2,
      fault: "none" as const,
      creation_hash: "h",
      started_by: aBuyer(),
    };
    const row = { ...rows, creation_key: id, state, sale_id: isNamed ? saleId : null };
    await db.insertInto("rehearsals").values(row).execute();
    const longAgo = sql`now() - interval '20 minutes'`;
    await sql`update rehearsals set started_at = ${longAgo}, begun_at = ${isNamed ? longAgo : null} where id = ${id}`.execute(
      db,
    );
    return saleId;
  };
  const [unnamed, died] = ["reh_01J9ZQ4Z6XWT9YV3W3V9K8M2QC", "reh_01J9ZQ4Z6XWT9YV3W3V9K8M2QD"] as [
    Rehearsal["rehearsalId"],
    Rehearsal["rehearsalId"],
  ];
  const saleIds = [await leave(unnamed, "waiting"), await leave(died, "selling")];
  expect(await takeUpRehearsals({ db, queue, warn: () => {} })).toBe(2);
  for (const id of [unnamed, died]) {
    const state = async () => (await rehearsalOf(id))?.state;
    await expect.poll(state, { timeout: 90_000, interval: 500 }).toBe("done");
    expect((await rehearsalOf(id))?.verdict).toMatchObject({
      isGo: false,
      notJudged: expect.stringContaining("did not come in time"),
    });
  }
  for (const saleId of saleIds) expect(await traces(saleId)).toEqual([]);
  expect(await takeUpRehearsals({ db, queue, warn: () => {} })).toBe(0);
}, 120_000);

test("nobody of the staff takes a rehearsal's steps, nor the crowd of another one", async () => {
  const id = await aRow({ state: "selling", sale_id: null });
  const other = "reh_01J9ZQ4Z6XWT9YV3W3V9K8M2QZ" as Rehearsal["rehearsalId"];
  const forged = {
    answers: [],
    crowdMs: 0,
    notJudged: "it was interrupted",
    faultFailed: null,
    isLast: true,
  };
  for (const token of [operator, tokenOf(aBuyer(), "admin"), crowdTokenOf(other)])
    for (const body of [{ step: "judge", ...forged }, { step: "break" }, { step: "purge" }])
      expect((await call(`POST /api/admin/rehearsals/${id}/steps`, { token, body })).status).toBe(403);
  const token = crowdTokenOf(id);
  const early = await call(`POST /api/admin/rehearsals/${id}/steps`, { token, body: { step: "purge" } });
  expect(early.status).toBe(409);
  const paused = await call(`POST /api/admin/sales/${await newSale()}/pause`, { token });
  expect(paused.status).toBe(403);
});

test("who may only watch starts none; a real sale is never removed, whatever a row says", async () => {
  const viewer = tokenOf(aBuyer(), "viewer");
  const body = { buyers: 5, units: 2, fault: "none" };
  expect(
    (await call("POST /api/admin/rehearsals", { token: viewer, key: crypto.randomUUID(), body })).status,
  ).toBe(403);
  expect((await start("none", 0, 2)).body).toMatchObject({ errors: [{ field: "buyers" }] });
  const saleId = await newSale({ name: "Lamp" });
  const id = await aRow({ state: "purging", sale_id: saleId });
  const answer = await call(`POST /api/admin/rehearsals/${id}/steps`, {
    token: crowdTokenOf(id),
    body: { step: "purge" },
  });
  expect(answer.status).toBe(409);
  await expect(sql`select purge_rehearsal(${id})`.execute(db)).rejects.toThrow("sale of no rehearsal");
  expect((await buy(saleId)).status).toBe(202);
});
