import { expect, test } from "vitest";
import type { AuditLog } from "../../core/contract/audit.ts";
import type { BuyerOrderPage, OwnOrder } from "../../core/contract/order.ts";
import type { PurchaseAnswer } from "../../core/contract/purchase-answer.ts";
import type { SaleList, SaleStatus } from "../../core/contract/sale.ts";
import { createSale } from "../../load/create-sale.ts";
import { localSession } from "../../load/local-session.ts";
import { callApi } from "../../local/call-api.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi } from "../support/test-api.ts";

const cloud = await testCloud();
const { call } = testApi(cloud.apiUrl);
const operator = localSession("operator");
const german = { de: { name: "Lampe", description: "Aus Messing" } };

const open = async (path: string, token?: string) =>
  (await fetch(cloud.apiUrl + path, token ? { headers: { cookie: `session=${token}` } } : {})).text();
const change = (saleId: string, body: object) =>
  call(`PATCH /api/admin/sales/${saleId}`, { token: operator.token, body });

test("a sale bears its name by language, and pages show it in theirs", async () => {
  const saleId = await createSale(cloud.apiUrl, {
    allocated: 5,
    name: "Lamp",
    description: "Brass",
    translations: { ...german, en: { name: "", description: "" } },
    startsAt: "2100-01-01T00:00:00.000Z",
  });
  const status = await callApi<SaleStatus>(cloud.apiUrl, `GET /api/sale/status/${saleId}`);
  expect(status).toMatchObject({ name: "Lamp", description: "Brass", translations: german });
  expect(Object.keys(status.translations)).toEqual(["de"]);
  const { sales } = await callApi<SaleList>(cloud.apiUrl, "GET /api/sales");
  expect(sales.find((sale) => sale.saleId === saleId)?.translations).toEqual(german);

  for (const [locale, name, other] of [
    ["en", "Lamp", "Lampe"],
    ["de", "Lampe", "Lamp"],
  ] as const) {
    expect(await open(`/plain/${locale}/sale/${saleId}`)).toContain(`<h1>${name}</h1>`);
    expect(await open(`/plain/${locale}`)).toContain(`/sale/${saleId}">${name}</a>`);
    const calendar = await open(`/plain/${locale}/calendar/${saleId}`);
    expect(calendar).toMatch(new RegExp(`SUMMARY:${name}\\r`));
    expect(calendar).not.toMatch(new RegExp(`SUMMARY:${other}\\r`));
  }
  expect(await open(`/plain/de/calendar/${saleId}`)).toContain("Aus Messing");
});

test("an order keeps the names under which it was bought", async () => {
  const saleId = await createSale(cloud.apiUrl, { allocated: 5, name: "Lamp", translations: german });
  const { token } = localSession();
  const { orderId } = await callApi<PurchaseAnswer>(cloud.apiUrl, "POST /api/sale/purchase", {
    token,
    idempotencyKey: crypto.randomUUID(),
    body: { saleId },
  });
  expect((await change(saleId, { translations: { de: { name: "Stiefel" } } })).status).toBe(200);

  const own = await callApi<OwnOrder>(cloud.apiUrl, `GET /api/sale/order/${orderId}`, { token });
  expect(own.sale).toMatchObject({ name: "Lamp", names: { de: "Lampe" } });
  const { orders } = await callApi<BuyerOrderPage>(cloud.apiUrl, "GET /api/orders", { token });
  expect(orders[0]?.sale.names).toEqual({ de: "Lampe" });
  expect(await open(`/plain/de/order/${orderId}`, token)).toContain("<span>Lampe</span>");
  expect(await open("/plain/de/orders", token)).toContain(">Lampe</a>");
  expect(await open(`/plain/en/order/${orderId}`, token)).toContain("<span>Lamp</span>");
  const { entries } = await callApi<AuditLog>(cloud.apiUrl, `GET /api/admin/sales/${saleId}/audit`, {
    token: operator.token,
  });
  expect(entries[0]).toMatchObject({
    before: { "name.de": "Lampe", "description.de": "Aus Messing" },
    after: { "name.de": "Stiefel", "description.de": null },
  });
});

test("a translation that no store takes is refused by its field, and so is a language that the shop does not speak", async () => {
  const saleId = await createSale(cloud.apiUrl, { allocated: 5, name: "Lamp" });
  expect((await change(saleId, { translations: { de: { name: "a\nb" } } })).body).toMatchObject({
    kind: "invalid_request",
    errors: [{ field: "translations.de.name", message: "must not have control characters" }],
  });
  expect((await change(saleId, { translations: { fr: { name: "Lampe" } } })).body).toMatchObject({
    errors: [{ field: "translations.fr" }],
  });
});
