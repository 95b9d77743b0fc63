import { sql } from "kysely";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import type { NewApiKey } from "../../core/contract/api-keys.ts";
import { connectDatabase } from "../../core/postgres/connect.postgres.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";

const cloud = await testCloud();
const { call, newSale, buy } = testApi(cloud.apiUrl);
const admin = tokenOf(undefined, "admin");
const db = connectDatabase(cloud.databaseUrl);
afterAll(() => db.destroy());

async function newKey(...scopes: string[]): Promise<{ keyId: string; key: string }> {
  const answer = await call("POST /api/admin/keys", {
    token: admin,
    body: { name: `Shop ${scopes.join()}`, scopes },
  });
  expect(answer.status).toBe(201);
  const { key, secret } = answer.body as unknown as NewApiKey;
  return { keyId: key.keyId, key: secret };
}
const makeUntil = (expiresAt: string) =>
  call("POST /api/admin/keys", {
    token: admin,
    body: { name: "Ends", scopes: ["events:read"], expiresAt },
  });
const statusOf = async (route: string, token: string) => (await call(route, { token })).status;

let written = "";
beforeEach(() => {
  written = "";
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => {
      written += String(text);
      return true;
    });
});
afterEach(() => vi.restoreAllMocks());

test("a key creates and changes sales and reads orders, as its scopes say; the audit log names it", async () => {
  const { keyId, key } = await newKey("sales:write", "sales:read", "orders:read");
  const body = {
    name: "By machine",
    priceMinor: 1,
    currency: "EUR",
    allocated: 1,
    startsAt: "2020-01-01T00:00:00.000Z",
  };
  const made = await call("POST /api/admin/sales", { token: key, key: "made-by-machine", body });
  expect(made.status).toBe(201);
  const saleId = made.body!.saleId!;
  expect(await statusOf(`POST /api/admin/sales/${saleId}/pause`, key)).toBe(200);
  expect(await statusOf(`GET /api/admin/sales/${saleId}`, key)).toBe(200);
  expect(await statusOf(`GET /api/admin/sales/${saleId}/orders`, key)).toBe(200);
  const audit = await call(`GET /api/admin/sales/${saleId}/audit`, { token: admin });
  const entries = (audit.body as unknown as { entries: Record<string, unknown>[] }).entries;
  expect(entries.map(({ action, actorId, actorName }) => [action, actorId, actorName])).toEqual([
    ["paused", keyId, "Shop sales:write,sales:read,orders:read"],
    ["created", keyId, "Shop sales:write,sales:read,orders:read"],
  ]);
});

test("a key gives money back with a scope of its own, and the audit log names it", async () => {
  const saleId = await newSale();
  const buyerId = aBuyer();
  const { orderId } = (await buy(saleId, { buyerId })).body!;
  const refund = async (token: string) => {
    const body = { kind: "amount", amountMinor: 100, reason: "a scratch", buyerId };
    const route = `POST /api/admin/sales/${saleId}/orders/${orderId}/refund`;
    return (await call(route, { token, key: "refund-by-machine", body })).status;
  };
  expect(await refund((await newKey("orders:write")).key)).toBe(403);
  const { keyId, key } = await newKey("refunds:write");
  expect(await refund(key)).toBe(202);
  const audit = await call(`GET /api/admin/sales/${saleId}/audit`, { token: admin });
  expect((audit.body as unknown as { entries: unknown[] }).entries[0]).toMatchObject({
    action: "refund_wished",
    actorId: keyId,
  });
});

test("what a key was not given, it may not; staff's own routes take no key at all", async () => {
  const saleId = await newSale();
  const { key } = await newKey("events:read");
  expect(await statusOf("GET /api/admin/events", key)).toBe(200);
  expect(await statusOf(`GET /api/admin/sales/${saleId}/orders`, key)).toBe(403);
  expect(await statusOf(`POST /api/admin/sales/${saleId}/pause`, key)).toBe(403);
  for (const route of ["GET /api/admin/keys", "POST /api/admin/webhooks", "GET /api/identity/session"])
    expect(await statusOf(route, key)).toBe(401);
  // A key comes in a header, never along with whatever a page asks.
  const byCookie = await call("GET /api/admin/events", { headers: { cookie: `session=${key}` } });
  expect(byCookie.status).toBe(401);
});

test("a revoked key and a wrong one are none; its last use is shown, and never the key", async () => {
  const { keyId, key } = await newKey("events:read");
  expect(
    await statusOf("GET /api/admin/events", `${key.slice(0, -2)}${key.endsWith("xx") ? "yy" : "xx"}`),
  ).toBe(401);
  await call("GET /api/admin/events", { token: key });
  const list = await call("GET /api/admin/keys", { token: admin });
  expect(list.text).not.toContain(key);
  expect(list.text).toMatch(new RegExp(`"keyId":"${keyId}"[^}]*"usedAt":"20`));
  expect(await statusOf(`DELETE /api/admin/keys/${keyId}`, admin)).toBe(204);
  expect(await statusOf("GET /api/admin/events", key)).toBe(401);
  expect(await statusOf(`DELETE /api/admin/keys/${keyId}`, admin)).toBe(404);
});

test("a key that has ended is none, and makes room; one that ended before it began is not made", async () => {
  expect(await makeUntil("2026-01-01T00:00:00.000Z")).toMatchObject({
    status: 400,
    body: { errors: [{ field: "expiresAt", message: "must be in the future" }] },
  });
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const made = await makeUntil(expiresAt);
  const { key, secret } = made.body as unknown as NewApiKey;
  expect(key.expiresAt).toBe(expiresAt);
  expect(await statusOf("GET /api/admin/events", secret)).toBe(200);
  await sql`update api_keys set created_at = now() - interval '2 days', expires_at = now() - interval '1 second'
    where id = ${key.keyId}`.execute(db);
  expect(await statusOf("GET /api/admin/events", secret)).toBe(401);
});

test("only an admin makes keys and endpoints", async () => {
  const operator = tokenOf(undefined, "operator");
  for (const route of ["GET /api/admin/keys", "GET /api/admin/webhooks"])
    expect(await statusOf(route, operator)).toBe(403);
});

test("a key that calls too often is told when to come again; no key stands in a log", async () => {
  const { key } = await newKey("events:read");
  const answers = await Promise.all(
    Array.from({ length: 60 }, () => call("GET /api/admin/events", { token: key })),
  );
  const limited = answers.filter(({ status }) => status === 429);
  expect(limited.length).toBeGreaterThan(0);
  expect(answers.length - limited.length).toBeGreaterThanOrEqual(20);
  expect(Number(limited[0]!.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  await call("GET /api/admin/events?after=nothing", { token: key });
  expect(written).not.toContain(key);
});

test("an endpoint's address must be public, and its secret is answered once", async () => {
  const body = { name: "Shop", notify: "shop@example.com" };
  for (const url of ["http://10.0.0.1/", "https://169.254.169.254/", "https://db.internal/"]) {
    const answer = await call("POST /api/admin/webhooks", { token: admin, body: { ...body, url } });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('"field":"url"');
  }
  const added = await call("POST /api/admin/webhooks", {
    token: admin,
    body: { ...body, url: "https://shop.example.com/hooks" },
  });
  expect(added.status).toBe(201);
  expect(added.text).toContain("whsec_");
  const list = await call("GET /api/admin/webhooks", { token: admin });
  expect(list.text).not.toContain("whsec_");
  expect(written).not.toContain("whsec_");
});
