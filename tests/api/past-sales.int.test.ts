import { expect, test } from "vitest";
import type { PastSalePage } from "../../core/contract/sale.ts";
import { createSaleRecords } from "../../core/sale/sale-record.dynamo.ts";
import { testCloud } from "../support/cloud.ts";
import { testTables } from "../support/test-aws.ts";
import { aSale, LONG_AGO_MS } from "../support/test-sale.ts";

const cloud = await testCloud({ trigger: false });
const records = createSaleRecords(testTables(cloud.dynamoEndpoint), cloud.ledgerTable);
const get = (path: string, headers: Record<string, string> = {}) => fetch(cloud.apiUrl + path, { headers });

test("before there is any, past sales are none, in both languages", async () => {
  expect(await (await get("/api/sales/past/newest")).json()).toEqual({ sales: [], next: null });
  expect(await (await get("/plain/en/past/newest")).text()).toContain("There are no earlier sales.");
  expect(await (await get("/plain/de/past/newest")).text()).toContain("Es gibt keine früheren Verkäufe.");
});

test("a past sale is in the pages of past ones, shown as it was archived", async () => {
  const stock = { allocated: 5, available: 1, held: 0, sold: 4, withheld: 0 };
  const sale = aSale({
    name: "Long gone",
    state: "ended",
    closedAtMs: LONG_AGO_MS,
    archive: { stock, attempts: null },
  });
  await records.putPast(sale);
  await expect
    .poll(async () => ((await (await get("/api/sales/past/newest")).json()) as PastSalePage).sales, {
      timeout: 3_000,
    })
    .toMatchObject([{ saleId: sale.saleId, phase: "ended", stock }]);
  expect(await (await get("/api/sales")).json()).toMatchObject({ sales: [] });
  expect(await (await get(`/api/sale/status/${sale.saleId}`)).json()).toMatchObject({
    phase: "ended",
    stock,
  });
  // Kept for a second of its own, in which the sale may not have been there.
  const page = async () => (await get("/plain/en/past/newest")).text();
  await expect.poll(page, { timeout: 3_000 }).toContain("Long gone");
  expect(await page()).toContain(`/plain/en/sale/${sale.saleId}`);
  expect(await (await get(`/api/sales/past/${sale.saleId}`)).json()).toEqual({ sales: [], next: null });
});

test("who has the bytes of this second is told so; a beginning that is no sale is refused", async () => {
  const path = `/api/sales/past/${aSale().saleId}`;
  const first = await get(path);
  const tag = first.headers.get("etag") ?? "";
  const again = await get(path, { "if-none-match": tag });
  // Under load the second may have passed, and then the bytes may be the same still.
  expect([again.status, await again.text()]).toEqual([304, ""]);
  expect((await get("/api/sales/past/oldest")).status).toBe(400);
});
