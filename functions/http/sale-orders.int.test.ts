import { expect, test } from "vitest";
import type { OrderPage } from "../../core/contract/admin-orders.ts";
import type { AuditLog } from "../../core/contract/audit.ts";
import type { PurchaseAnswer } from "../../core/contract/purchase-answer.ts";
import { createSale } from "../../load/create-sale.ts";
import { callApi } from "../../local/call-api.ts";
import { OPERATOR_EMAIL, VIEWER_EMAIL } from "../../local/environment.ts";
import { signIn } from "../../local/sign-in.ts";
import { testCloud } from "../../tests/support/cloud.ts";
import { waitFor } from "../../tests/support/wait-for.ts";

const cloud = await testCloud();
const operator = await signIn(cloud, OPERATOR_EMAIL);
const viewer = await signIn(cloud, VIEWER_EMAIL);

const ordersOf = (saleId: string, query: string, token = operator) =>
  callApi<OrderPage>(cloud.apiUrl, `GET /api/admin/sales/${saleId}/orders?${query}`, { token });

/** A sale in which each of these has bought so many units. */
async function soldTo(buyers: Readonly<Record<string, number>>): Promise<string> {
  const saleId = await createSale(cloud.apiUrl, {
    name: "Lamp",
    allocated: 9,
    purchaseLimit: 3,
    priceMinor: 4_900,
  });
  for (const [email, quantity] of Object.entries(buyers)) {
    const token = await signIn(cloud, email);
    const body = { saleId, quantity };
    await callApi<PurchaseAnswer>(cloud.apiUrl, "POST /api/sale/purchase", {
      token,
      idempotencyKey: crypto.randomUUID(),
      body,
    });
  }
  const count = Object.keys(buyers).length;
  await waitFor("the order rows", async () => (await ordersOf(saleId, "")).orders.length === count);
  return saleId;
}

test("a merchant reaches each buyer, and sees what each order costs, by place", async () => {
  const saleId = await soldTo({ "zoe@example.com": 2, "ada@example.com": 1, "max@example.com": 3 });
  const { orders } = await ordersOf(saleId, "");
  expect(orders.map((order) => [order.place, order.buyerEmail, order.totalMinor, order.currency])).toEqual([
    [1, "zoe@example.com", 9_800, "EUR"],
    [2, "ada@example.com", 4_900, "EUR"],
    [3, "max@example.com", 14_700, "EUR"],
  ]);
  const first = await ordersOf(saleId, "limit=2");
  const second = await ordersOf(saleId, `limit=2&after=${first.next}`);
  expect([...first.orders, ...second.orders]).toEqual(orders);
});

test("“where is my order?” is answered by the address, in any spelling of it", async () => {
  const saleId = await soldTo({ "zoe@example.com": 1, "ada@example.com": 1 });
  const found = await ordersOf(saleId, `search=${encodeURIComponent("Ada@Example.com")}`);
  expect(found.orders.map((order) => order.buyerEmail)).toEqual(["ada@example.com"]);
  expect((await ordersOf(saleId, "search=nobody@example.com")).orders).toEqual([]);
});

test("a viewer sees no address, and finds nobody by one", async () => {
  const saleId = await soldTo({ "zoe@example.com": 1 });
  const { orders } = await ordersOf(saleId, "", viewer);
  expect(orders).toMatchObject([{ buyerEmail: null, totalMinor: 4_900 }]);
  expect((await ordersOf(saleId, "search=zoe@example.com", viewer)).orders).toEqual([]);
});

test("the audit log names the staff", async () => {
  const saleId = await soldTo({});
  await callApi(cloud.apiUrl, `POST /api/admin/sales/${saleId}/pause`, {
    token: operator,
    idempotencyKey: crypto.randomUUID(),
  });
  const route = `GET /api/admin/sales/${saleId}/audit`;
  const { entries } = await callApi<AuditLog>(cloud.apiUrl, route, { token: viewer });
  expect(entries[0]).toMatchObject({ action: "paused", actorEmail: OPERATOR_EMAIL });
});
