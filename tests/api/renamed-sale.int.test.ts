import { expect, test } from "vitest";
import type { BuyerOrderPage, OwnOrder } from "../../core/contract/order.ts";
import type { PurchaseAnswer } from "../../core/contract/purchase-answer.ts";
import { createSale } from "../../load/create-sale.ts";
import { localSession } from "../../load/local-session.ts";
import { callApi } from "../../local/call-api.ts";
import { testCloud } from "../support/cloud.ts";

const cloud = await testCloud();
const operator = localSession("operator");

async function buy(saleId: string) {
  const { token } = localSession();
  const call = { token, idempotencyKey: crypto.randomUUID(), body: { saleId } };
  const { orderId } = await callApi<PurchaseAnswer>(cloud.apiUrl, "POST /api/sale/purchase", call);
  return { token, orderId };
}

test("an order goes on saying what was bought, after the sale was renamed, on every page that shows it", async () => {
  const saleId = await createSale(cloud.apiUrl, { name: "Lamp", allocated: 5, priceMinor: 4_900 });
  const early = await buy(saleId);
  const body = { name: "Boot", description: "Brown" };
  await callApi(cloud.apiUrl, `PATCH /api/admin/sales/${saleId}`, { token: operator.token, body });
  const late = await buy(saleId);

  for (const [{ token, orderId }, name] of [
    [early, "Lamp"],
    [late, "Boot"],
  ] as const) {
    const own = await callApi<OwnOrder>(cloud.apiUrl, `GET /api/sale/order/${orderId}`, { token });
    expect(own.sale).toEqual({ name, names: {}, priceMinor: 4_900, currency: "EUR", picture: null });
    const { orders } = await callApi<BuyerOrderPage>(cloud.apiUrl, "GET /api/orders", { token });
    expect(orders.map((order) => order.sale.name)).toEqual([name]);
    const plain = await fetch(`${cloud.apiUrl}/plain/en/order/${orderId}`, {
      headers: { cookie: `session=${token}` },
    });
    expect(await plain.text()).toContain(`<span>${name}</span>`);
  }
});
