import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { erasureClients } from "../../core/clients/erasure.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { BuyerExport, Erasure, ErasureList } from "../../core/contract/buyer-data.ts";
import type { GuestSummary } from "../../core/contract/guests.ts";
import type { SessionView } from "../../core/contract/identity.ts";
import { type ErasureDependencies, eraseBuyer, takeUpErasures } from "../../core/erasure/erase-buyer.ts";
import { numberEvents } from "../../core/events/feed.postgres.ts";
import { gateKeys } from "../../core/gate/keys.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { openDynamo } from "../../core/dynamo/connect.dynamo.ts";
import { createResults } from "../../core/line/results.dynamo.ts";
import { createReminders } from "../../core/notices/reminders.dynamo.ts";
import { closeClients } from "../../core/opened.ts";
import { connectDatabase } from "../../core/postgres/connect.postgres.ts";
import { makeDeliveries } from "../../core/webhooks/due-events.postgres.ts";
import { signIn } from "../../local/sign-in.ts";
import { testCloud } from "../support/cloud.ts";
import { startPushService } from "../../local/push/push-service.ts";
import { keptColumns, keptItems, lookUpItem, namesIn, privacySection } from "../support/kept-items.ts";
import { bodyOf, knownBuyers } from "../support/known-buyer.ts";
import { pictureUpload } from "../support/picture-files.ts";
import { keptTables, storeReader } from "../support/read-stores.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const pushService = await startPushService();
const cloud = await testCloud({ environment: { PUSH_SERVICES: "127.0.0.1" } });
const { call, newSale } = testApi(cloud.apiUrl);
const owner = connectDatabase(cloud.databaseUrl);
afterAll(async () => {
  await pushService.stop();
  await owner.destroy();
  await closeClients();
});

const admin = tokenOf(aBuyer(), "admin");
const { scan, everything } = storeReader(cloud, owner);
const somebody = knownBuyers({ cloud, owner, pushService, admin });
const doer = { name: "a test", requestId: "a test" };
const variables = [
  "DATABASE_URL",
  "LEDGER_TABLE",
  "LINE_TABLE",
  "IDENTITY_TABLE",
  "DYNAMODB_ENDPOINT",
  "MAILBOX_PROVIDERS",
  "REDIS_URL",
  "REDIS_CLUSTER",
  "REDIS_CA",
] as const;
const erasing = () => erasureClients(loadConfig(variables));

const closeSale = (saleId: SaleId) =>
  sql`update sales set state = 'ended', closed_at = now() where id = ${saleId}`.execute(owner);

/** What has happened is told to an endpoint of the merchant, or is to be. */
async function tellMachines(): Promise<void> {
  const added = await call("POST /api/admin/webhooks", {
    token: admin,
    body: { name: "Shop", url: "https://shop.example.com/hooks", notify: "shop@example.com" },
  });
  expect(added.status).toBe(201);
  // The server is shared: transactions of other test files hold up what is later than theirs.
  await waitFor("the order is told of", async () => {
    await numberEvents(owner, (trx, events) => makeDeliveries(trx, events, new Date()));
    const { rows } = await sql`select 1 from events where stream = ${anna.orderId}`.execute(owner);
    return rows.length === 1;
  });
}

const exportOf = async (who: string) =>
  bodyOf<BuyerExport>(await call("POST /api/admin/buyers/export", { token: admin, body: { who } }));
const erase = async (who: string) =>
  bodyOf<Erasure>(await call("POST /api/admin/buyers/erasure", { token: admin, body: { who } }));

let anna: Awaited<ReturnType<typeof somebody>>;
beforeAll(async () => {
  anna = await somebody("anna");
});

const cutOff = async () => {
  throw new Error("cut off");
};
const later = (ms: number) => ({ ...systemClock, nowMs: () => Date.now() + ms });

describe("export and deletion", () => {
  test("are for admins, and of nobody there is nothing", async () => {
    const token = tokenOf(aBuyer(), "operator");
    for (const route of ["POST /api/admin/buyers/export", "POST /api/admin/buyers/erasure"]) {
      expect((await call(route, { token, body: { who: anna.buyerId } })).status).toBe(403);
      const body = { who: "nobody@example.com" };
      expect((await call(route, { token: admin, body })).status).toBe(404);
      expect((await call(route, { token: admin, body: { who: aBuyer() } })).status).toBe(404);
      expect((await call(route, { token: admin, body: { who: "anna" } })).status).toBe(400);
    }
  });

  test("an export has every store, whichever of the addresses is asked for", async () => {
    await tellMachines();
    const all = await exportOf(anna.emails[0]);
    expect(all).toMatchObject({ format: "flash-sale/buyer-export/1", buyerId: anna.buyerId });
    const kinds = all.identity.map(({ pk }) => String(pk)).toSorted();
    expect(kinds).toEqual(
      [
        `address#${anna.buyerId}`,
        ...anna.emails.flatMap((email) => [`buyer#${email}`, `mailbox#${email}`]),
        `passkeys#${anna.buyerId}`,
        `passkey#${anna.passkeyId}`,
        `pushes#${anna.buyerId}`,
        `push#${anna.pushId}`,
      ].toSorted(),
    );
    const bought = all.sales.find(({ saleId }) => saleId === anna.saleId);
    expect(bought).toMatchObject({
      ledger: [{ orderId: anna.orderId, buyerId: anna.buyerId }, { kind: "confirmed" }],
      records: {
        orders: [{ id: anna.orderId }],
        orderEvents: [{ order_id: anna.orderId, kind: "confirmed" }],
        buyerUnits: [{ units: 1 }],
        events: [{ type: "order.confirmed", stream: anna.orderId }],
        refunds: [],
        webhookDeliveries: [{ state: "open", stream: anna.orderId }],
      },
      gate: { buyers: expect.any(String) },
      line: [],
    });
    await waitFor("the mail about the order is noted", async () => {
      const sale = (await exportOf(anna.buyerId)).sales.find(({ saleId }) => saleId === anna.saleId);
      return sale?.mails.length === 1;
    });
    const waiting = all.sales.find(({ saleId }) => saleId === anna.inLine);
    expect(waiting?.line).toMatchObject([
      { list: 0, quantity: 1, salt: expect.stringMatching(/^[0-9a-f]{32}$/) },
    ]);
    const forReturns = all.sales.find(({ saleId }) => saleId === anna.soldOut);
    expect(forReturns?.line).toMatchObject([{ list: 0, quantity: 1 }]);
    expect(all.sales).toHaveLength(3);
    expect(all.guests).toMatchObject([
      { shown: anna.emails[0] },
      { sk: anna.buyerId, handle: expect.any(String) },
      { buyers: [anna.buyerId] },
    ]);
  });

  test("a deletion is postponed while a sale that knows them is open, and nothing is erased", async () => {
    const before = await exportOf(anna.buyerId);
    expect(await erase(anna.emails[0])).toMatchObject({
      buyerId: anna.buyerId,
      state: "postponed",
      erasedAt: null,
      obstacle: { kind: "open_sale", saleId: anna.saleId },
    });
    await closeSale(anna.saleId);
    expect(await erase(anna.buyerId)).toMatchObject({
      state: "postponed",
      obstacle: { kind: "open_entry", saleId: anna.inLine },
    });
    const after = await exportOf(anna.buyerId);
    expect([after.identity, after.sales]).toEqual([before.identity, before.sales]);
    const { erasures } = bodyOf<ErasureList>(await call("GET /api/admin/buyers/erasures", { token: admin }));
    expect(erasures.filter(({ buyerId }) => buyerId === anna.buyerId)).toHaveLength(1);
  });

  test("a deletion waits while a session can run, and the address leads to the same number until then", async () => {
    for (const saleId of [anna.inLine, anna.soldOut]) await closeSale(saleId);
    expect(await erase(anna.buyerId)).toMatchObject({
      state: "postponed",
      obstacle: { kind: "open_session", saleId: null },
    });
    // Money that is to go back holds it up, whatever became of the order.
    await sql`
      insert into refunds (order_id, refund_id, sale_id, attempt, amount_minor, state)
      values (${anna.orderId}, 'a-test', ${anna.saleId}, 0, 100, 'failed')`.execute(owner);
    expect((await erase(anna.buyerId)).obstacle).toEqual({ kind: "open_refund", saleId: anna.saleId });
    await sql`delete from refunds where refund_id = 'a-test'`.execute(owner);
    // Their purchase limit holds: by the session that runs, and by one that begins now.
    const saleId = await newSale({ purchaseLimit: 1 });
    const buy = async (token: string) =>
      (await call("POST /api/sale/purchase", { token, key: crypto.randomUUID(), body: { saleId } })).status;
    expect(await buy(anna.token)).toBe(202);
    const again = await signIn(cloud, anna.emails[0]);
    expect(await buy(again), "refused for its limit").toBe(200);
    await waitFor("it holds the deletion up", async () => {
      const { obstacle } = await erase(anna.buyerId);
      return obstacle?.kind === "open_sale" && obstacle.saleId === saleId;
    });
    // A session that begins while the deletion is looked at is seen too.
    const deps = await erasing();
    const untilMs = await deps.identity.sessionsUntilMs(anna.buyerId);
    expect(untilMs).toBeGreaterThan(Date.now());
    expect(await deps.identity.leave(anna.buyerId, untilMs! - 1_000, Date.now())).toBe(false);
    await closeSale(saleId);
  });

  test("cut off at any step it goes on; nothing leads to the person then, and the order stands", async () => {
    const deps = { ...(await erasing()), clock: later(14 * 3_600_000) };
    const stops: Partial<ErasureDependencies>[] = [
      { lines: { ...deps.lines, erase: cutOff } },
      { lists: { ...deps.lists, rename: cutOff } },
      { lists: { ...deps.lists, eraseBuyer: cutOff } },
      { identity: { ...deps.identity, erase: cutOff } },
      {
        identity: {
          ...deps.identity,
          erase: async (id: BuyerId) => {
            await deps.identity.erase(id);
            throw new Error("cut off");
          },
        },
      },
    ];
    const reminder = { buyerId: anna.buyerId, language: "en" as const, askedAtMs: 1, unsubscribe: "a" };
    const reminders = createReminders(openDynamo(cloud.dynamoEndpoint), cloud.lineTable);
    await reminders.ask(anna.inLine, Date.now(), reminder);
    await reminders.stop(anna.buyerId, 2);
    await reminders.marks(anna.inLine, Date.now()).begin(anna.buyerId, 3);
    expect((await exportOf(anna.buyerId)).notices).toMatchObject([
      { unsubscribe: "a" },
      { state: "sending", atMs: 3 },
      { atMs: 2 },
    ]);
    await createResults(openDynamo(cloud.dynamoEndpoint), cloud.lineTable).begin(
      anna.inLine,
      anna.buyerId,
      4,
    );
    // What a deletion erases an export has; of undone lanes and of turns, core/line/line-traces.int.test.ts.
    const { identity: own, notices, guests: listedAs, sales: before } = await exportOf(anna.buyerId);
    const exported = [own, notices, listedAs, ...before.map(({ line }) => line)].flat();
    const unseen = keptItems().filter(
      ({ onDeletion, matches }) =>
        onDeletion.startsWith("erased") && !exported.some(({ pk }) => matches(String(pk))),
    );
    expect(unseen.map(({ pattern }) => pattern)).toEqual(["<sale>#list#<list>", "<sale>#told#<step>"]);
    for (const stop of stops)
      await expect(eraseBuyer({ ...deps, ...stop }, anna.buyerId, doer)).rejects.toThrow("cut off");
    const warned: string[] = [];
    const warn = (text: string) => void warned.push(text);
    // The schedule: the postponed one is due, once.
    expect(await takeUpErasures({ ...deps, warn })).toBe(1);
    expect(await takeUpErasures({ ...deps, warn })).toBe(0);
    expect(warned).toEqual([]);

    const all = await everything();
    for (const email of anna.emails)
      expect(
        Object.entries(all)
          .filter(([, text]) => text.includes(email))
          .map(([name]) => name),
      ).toEqual([]);
    expect(all["lineTable"]).not.toContain(anna.buyerId);
    expect(all["identityTable"]).not.toContain(anna.passkeyId);
    expect(all["identityTable"]).not.toContain(anna.pushId);
    expect(all["orders"]).toContain(anna.orderId);
    const { identity, sales, guests } = await exportOf(anna.buyerId);
    expect(guests).toEqual([]);
    // How many of the list came stays true.
    const list = bodyOf<GuestSummary>(
      await call(`GET /api/admin/sales/${anna.listed}/guests`, { token: admin }),
    );
    expect(list).toMatchObject({ listed: 2, came: 1, buyers: 1 });
    expect(identity).toEqual([{ pk: `address#${anna.buyerId}`, goneAtMs: expect.any(Number) }]);
    expect(sales.find(({ saleId }) => saleId === anna.saleId)).toMatchObject({ line: [] });
    // Nothing of them is left where they only stood in line.
    expect(sales).toHaveLength(2);

    // It is told of, without an address.
    expect(await deps.db.selectFrom("erasures").select("state").execute()).toEqual([{ state: "done" }]);
    const { rows } = await sql<{ action: string; after: unknown; request_id: string }>`
      select action, after, request_id from audit_log where action like 'data_delet%' order by id`.execute(
      owner,
    );
    for (const { after } of rows) expect(after).toEqual({ buyerId: anna.buyerId });
    // Whoever asked is there, once for each request.
    const requests = rows.filter(({ action }) => action === "data_deletion_asked");
    expect(requests.length).toBeGreaterThan(3);
    expect(new Set(requests.map(({ request_id }) => request_id)).size).toBe(requests.length);
    expect(rows.slice(requests.length)).toMatchObject([{ action: "data_deleted" }]);
  });

  test("whoever signs in again is somebody new", async () => {
    const token = await signIn(cloud, anna.emails[0]);
    const session = bodyOf<SessionView>(await call("GET /api/identity/session", { token }));
    expect(session.buyerId).not.toBe(anna.buyerId);
    // What the address leads to by now is not erased with who had it before.
    const deps = await erasing();
    await deps.identity.note(anna.buyerId, anna.emails[0]);
    await deps.identity.erase(anna.buyerId);
    expect(await deps.identity.buyerOf(anna.emails[0])).toBe(session.buyerId);
  });
});

describe("docs/privacy.md", () => {
  const tableNames = {
    identityTable: "identity",
    ledgerTable: "ledger",
    lineTable: "lines",
    pictureTable: "pictures",
  };

  test("lists every column of every table, as of a person or not, once", async () => {
    const { rows } = await sql<{ name: string }>`
      select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and table_name not like 'kysely_%' order by 1`.execute(owner);
    expect(keptColumns().toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  });

  test("lists every item that signing in, buying, joining, storing and deleting leave in DynamoDB", async () => {
    const ben = await somebody("ben");
    await call("POST /api/admin/people", { token: admin, body: { email: "x@example.com", role: "viewer" } });
    await call("DELETE /api/identity/session", { token: ben.token });
    await call("POST /api/admin/pictures", { token: admin, body: pictureUpload() });
    expect(
      Object.keys(cloud)
        .filter((name) => name.endsWith("Table"))
        .toSorted(),
    ).toEqual([...keptTables].toSorted());
    const kinds = keptItems();
    const unlisted: string[] = [];
    const seen = new Set<string>();
    for (const table of keptTables)
      for (const item of await scan(table)) {
        const { pattern, unknown } = lookUpItem(kinds, tableNames[table], item);
        if (pattern === null || unknown.length > 0)
          unlisted.push(`${table} ${item["pk"]}: ${unknown.join(" ")}`);
        else seen.add(pattern);
      }
    expect(unlisted).toEqual([]);
    expect([...seen]).toEqual(
      expect.arrayContaining(["buyer#…", "address#…", "mail#…", "staff", "<tag>#<part>"]),
    );
  });

  test("lists every key of the gate, and every queue", () => {
    const keys = Object.values(gateKeys("sale_1" as SaleId)).map((key) => key.split(":")[1] ?? "");
    expect(namesIn(privacySection("Redis")).toSorted()).toEqual(keys.toSorted());
    const queues = Object.keys(cloud).filter((name) => /(?:Queue|Reports|DeadLetters)Url$/.test(name));
    expect(namesIn(privacySection("On the way")).toSorted()).toEqual(queues.toSorted());
  });
});
