import { expect, test } from "vitest";
import type { SaleWatch } from "../../core/contract/admin.ts";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testCancel } from "../support/test-cancel.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testCloud();
const { call, newSale, buy } = testApi(cloud.apiUrl);
const { decided } = testCancel(cloud.apiUrl);

async function watch(saleId: SaleId, role: "viewer" | "operator" = "operator"): Promise<SaleWatch> {
  const answer = await call(`GET /api/admin/sales/${saleId}`, { token: tokenOf(aBuyer(), role) });
  return answer.body as unknown as SaleWatch;
}

test("revenue is what was sold less what came back, in the sale's currency, for roles that may see it", async () => {
  const saleId = await newSale({ allocated: 5, purchaseLimit: 3, priceMinor: 1_290, currency: "CHF" });
  expect((await watch(saleId)).revenue).toEqual({
    currency: "CHF",
    soldUnits: 0,
    soldMinor: 0,
    returnedUnits: 0,
    returnedMinor: 0,
    netMinor: 0,
    capturedMinor: 0,
    refundedMinor: 0,
  });
  const three = await buy(saleId, { quantity: 3 });
  await buy(saleId);
  await waitFor("both rows are there", async () => (await watch(saleId)).orders.confirmed === 2);
  await decided({ saleId, orderId: three.body!.orderId! }, { units: 1 });
  expect((await watch(saleId)).revenue).toEqual({
    currency: "CHF",
    soldUnits: 4,
    soldMinor: 5_160,
    returnedUnits: 1,
    returnedMinor: 1_290,
    netMinor: 3_870,
    capturedMinor: 0,
    refundedMinor: 0,
  });
  expect((await watch(saleId, "viewer")).revenue).toBeNull();

  const route = `GET /api/admin/sales/${saleId}/reconciliation`;
  const report = (role: "viewer" | "operator", format: string) =>
    call(`${route}?format=${format}`, { token: tokenOf(aBuyer(), role) });
  await waitFor("all books agree", async () => (await report("operator", "json")).status === 200);
  expect((await report("operator", "json")).body).toMatchObject({ revenue: { netMinor: 3_870 } });
  expect((await report("viewer", "json")).body).toMatchObject({ revenue: null });
  expect((await report("operator", "csv")).text).toContain("net,3,3870,CHF");
  expect((await report("viewer", "csv")).text).not.toContain("revenue");
});
