import { expect, test } from "vitest";
import type { OrderPage } from "../../core/contract/admin-orders.ts";
import type { SaleWatch } from "../../core/contract/admin.ts";
import type { AuditLog } from "../../core/contract/audit.ts";
import type { Role } from "../../core/contract/identity.ts";
import type { Problem } from "../../core/contract/problem.ts";
import type { ReconciliationReport } from "../../core/contract/reconciliation.ts";
import { newSaleId } from "../../core/ids.ts";
import { createSale } from "../../load/create-sale.ts";
import { localSession } from "../../load/local-session.ts";
import { testCloud } from "../../tests/support/cloud.ts";
import { NOW_MS } from "../../tests/support/test-sale.ts";
import { waitFor } from "../../tests/support/wait-for.ts";

const cloud = await testCloud();
const staff = { viewer: localSession("viewer"), operator: localSession("operator") };

type Asked = { readonly as?: Role | null; readonly body?: unknown; readonly token?: string };

async function ask(route: string, { as = "viewer", body, token }: Asked = {}) {
  const [method = "", path = ""] = route.split(" ");
  const session = as === "viewer" || as === "operator" ? staff[as] : as && localSession(as);
  const bearer = token ?? session?.token;
  const response = await fetch(`${cloud.apiUrl}/api/${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what its route answers
  return { status: response.status, headers: response.headers, text, json: <T>() => JSON.parse(text) as T };
}

const watch = async (saleId: string) => (await ask(`GET admin/sales/${saleId}`)).json<SaleWatch>();

/** A sale of five with three sold, one to each buyer, and all rows written. */
async function threeSold() {
  const saleId = await createSale(cloud.apiUrl, { name: "Lamp", allocated: 5 });
  const buyers = [localSession(), localSession(), localSession()];
  for (const { token } of buyers)
    expect((await ask("POST sale/purchase", { token, body: { saleId } })).status).toBe(202);
  await waitFor("three order rows", async () => (await watch(saleId)).orders.confirmed === 3);
  return { saleId, buyers };
}

test("the console's routes are for staff, and what changes a sale is not for viewers", async () => {
  const saleId = await createSale(cloud.apiUrl, { name: "Lamp", allocated: 1 });
  for (const path of ["", "/orders", "/audit", "/reconciliation"]) {
    const route = `GET admin/sales/${saleId}${path}`;
    const roles = [null, "shopper", "viewer"] as const;
    const codes = await Promise.all(roles.map(async (as) => (await ask(route, { as })).status));
    expect([path, codes]).toEqual([path, [401, 403, 200]]);
  }
  for (const action of ["pause", "resume", "end"])
    expect((await ask(`POST admin/sales/${saleId}/${action}`)).status).toBe(403);
  expect((await ask(`PATCH admin/sales/${saleId}`, { body: { allocated: 9 } })).status).toBe(403);
  expect((await watch(saleId)).stock).toEqual({ allocated: 1, available: 1, held: 0, sold: 0, withheld: 0 });
});

test("a sale that is not there is not found, and wrong parameters are named", async () => {
  const missing = newSaleId(NOW_MS);
  for (const path of ["", "/orders", "/audit", "/reconciliation"])
    expect((await ask(`GET admin/sales/${missing}${path}`)).status).toBe(404);
  const wrong = {
    "orders?limit=0": "limit",
    "orders?limit=many": "limit",
    "orders?limit=10001": "limit",
    "orders?after=ord_1": "after",
    "orders?search=%27--": "search",
    "orders?format=xml": "format",
    "orders?state=lost": "state",
    "orders?page=2": "page",
    "reconciliation?format=xml": "format",
  };
  for (const [path, field] of Object.entries(wrong)) {
    const answer = await ask(`GET admin/sales/${missing}/${path}`);
    expect([path, answer.status]).toEqual([path, 400]);
    expect(answer.json<Problem>().errors).toMatchObject([{ field }]);
  }
});

test("the numbers of a sale are exact in every store", async () => {
  const { saleId, buyers } = await threeSold();
  await ask("POST sale/purchase", { token: buyers[0]!.token, body: { saleId } });
  const numbers = await watch(saleId);
  expect(numbers).toMatchObject({
    phase: "open",
    state: "running",
    gateState: "running",
    stock: { allocated: 5, available: 2, held: 0, sold: 3, withheld: 0 },
    attempts: { reserved: 3, soldOut: 0, alreadyBought: 1, overLimit: 0, rateLimited: 0 },
    outbox: 0,
    orders: { confirmed: 3, rejected: 0, returned: 0, soldUnits: 3 },
    guardianSeenAt: null,
    lastComparison: null,
    recoveries: [],
  });
  expect(numbers.queue).toMatchObject({ deadLetters: 0 });

  const report = (await ask(`GET admin/sales/${saleId}/reconciliation`)).json<ReconciliationReport>();
  expect(report).toMatchObject({ differences: [], driftUnits: 0, inFlight: 0, rejected: 0, deadLetters: 0 });
  expect(report.identities.map(({ holds }) => holds)).toEqual(Array.from({ length: 6 }, () => true));
  const file = await ask(`GET admin/sales/${saleId}/reconciliation?format=csv`);
  expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(file.text.split("\r\n").slice(0, 2)).toEqual([
    "identity,left,right,holds",
    "available + held + sold + withheld = allocated,5,5,true",
  ]);
});

test("orders are found by id and by buyer, page by page, each once", async () => {
  const { saleId, buyers } = await threeSold();
  const page = async (query: string) =>
    (await ask(`GET admin/sales/${saleId}/orders?${query}`)).json<OrderPage>();

  const all = await page("");
  expect(all).toMatchObject({ next: null, orders: [{ quantity: 1 }, { quantity: 1 }, { quantity: 1 }] });
  const ids = all.orders.map(({ orderId }) => orderId);
  const first = await page("limit=2");
  expect(first.orders.map(({ orderId }) => orderId)).toEqual(ids.slice(0, 2));
  expect(first.next).toBe(ids[1]);
  const second = await page(`limit=2&after=${first.next}`);
  expect([second.orders.map(({ orderId }) => orderId), second.next]).toEqual([ids.slice(2), null]);

  const { buyerId } = buyers[1]!;
  const listed = all.orders.find((order) => order.buyerId === buyerId);
  expect((await page(`search=${buyerId}`)).orders).toEqual([listed]);
  expect((await page(`search=${listed?.orderId}`)).orders).toEqual([listed]);
  expect((await page(`search=${listed?.requestId}`)).orders).toEqual([listed]);
  expect((await page(`search=${listed?.traceId?.slice(0, 30)}`)).orders).toEqual([listed]);
  expect((await page("search=ord_zzz")).orders).toEqual([]);

  const start = await ask(`GET admin/sales/${saleId}/orders?format=csv&limit=2`);
  const next = start.headers.get("x-next");
  const rest = await ask(`GET admin/sales/${saleId}/orders?format=csv&limit=2&after=${next}`);
  expect([next, rest.headers.get("x-next")]).toEqual([ids[1], null]);
  const lines = (start.text + rest.text).trimEnd().split("\r\n");
  expect(lines[0]).toMatch(
    /^order_id,buyer_id,quantity,units_left,units_withheld,place,state.*,request_id,trace_id,buyer_email,price_minor,currency,total_minor,captured_minor,refunded_minor$/,
  );
  expect(lines[1]).toMatch(/,1-[0-9a-f]{8}-[0-9a-f]{24},,\d+,EUR,\d+,0,0$/);
  expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(ids);
});

test("each change is in the log with who made it and what it changed; one that is refused is not", async () => {
  const { saleId } = await threeSold();
  const change = (action: string) => ask(`POST admin/sales/${saleId}/${action}`, { as: "operator" });
  const patch = (body: unknown) => ask(`PATCH admin/sales/${saleId}`, { as: "operator", body });
  expect((await change("pause")).json<SaleWatch>()).toMatchObject({ phase: "paused", gateState: "paused" });
  expect((await change("pause")).status).toBe(200);
  const below = await patch({ allocated: 2 });
  expect([below.status, below.json<Problem>().detail]).toEqual([
    409,
    "3 units are taken: the allocation cannot go below that",
  ]);
  const raised = await patch({ allocated: 8, name: "Desk lamp" });
  const requestId = raised.headers.get("x-request-id");
  await change("resume");
  await change("end");
  expect((await change("resume")).status).toBe(409);

  const { entries } = (await ask(`GET admin/sales/${saleId}/audit`)).json<AuditLog>();
  expect(entries.map(({ action }) => action)).toEqual(["ended", "resumed", "changed", "paused", "created"]);
  expect(entries[2]).toMatchObject({
    actorId: staff.operator.buyerId,
    actorEmail: null,
    actorRole: "operator",
    before: { allocated: 5, name: "Lamp" },
    after: { allocated: 8, name: "Desk lamp" },
    requestId,
  });
  expect(entries[4]).toMatchObject({ before: {}, after: { allocated: 5, name: "Lamp", state: "running" } });
});

test("the guardian's signs of life and its last comparison are shown", async () => {
  const { saleId } = await threeSold();
  await cloud.runner.invoke(
    { handler: "functions/schedule/guardian.ts", timeLimitSeconds: 60 },
    { runSeconds: 0.2 },
  );
  const { guardianSeenAt, lastComparison } = await watch(saleId);
  expect(Date.now() - Date.parse(guardianSeenAt ?? "")).toBeLessThan(30_000);
  expect(lastComparison).toMatchObject({ driftUnits: 0, inFlight: 0 });
});
