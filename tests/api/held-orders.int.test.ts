import { expect, test } from "vitest";
import type { OrderPage } from "../../core/contract/admin-orders.ts";
import type { OpenedPaymentAnswer } from "../../core/contract/payment.ts";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testCancel } from "../support/test-cancel.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testCloud();
const { call, newSale, buy } = testApi(cloud.apiUrl);
const { cancel, decided, historyOf, operator } = testCancel(cloud.apiUrl);

const paidSale = (allocated: number) =>
  newSale({ allocated, purchaseLimit: 3, payment: { kind: "held", holdSeconds: 600 } });

/** A buyer for whom so many units are held. */
async function held(saleId: SaleId, quantity = 1) {
  const buyerId = aBuyer();
  const { body } = await buy(saleId, { buyerId, quantity });
  const { orderId, expiresAt } = body!;
  return { saleId, orderId: orderId!, buyerId, expiresAt };
}

async function found(saleId: SaleId, query: string) {
  const token = tokenOf(aBuyer(), "viewer");
  const { body } = await call(`GET /api/admin/sales/${saleId}/orders?${query}`, { token });
  return (body as unknown as OrderPage).orders;
}

const availableOf = async (saleId: SaleId) => {
  const { body } = await call(`GET /api/sale/status/${saleId}`);
  return (body as unknown as { stock: { available: number } | null }).stock?.available;
};

test("staff find open holds by when they end, page by page, and by whose they are", async () => {
  const saleId = await paidSale(5);
  const [first, second] = [await held(saleId), await held(saleId, 2)];
  const all = await found(saleId, "state=held");
  expect(
    all.map(({ orderId, state, quantity, recordedAt, expiresAt }) => [
      orderId,
      state,
      quantity,
      recordedAt,
      expiresAt,
    ]),
  ).toEqual([
    [first.orderId, "held", 1, null, first.expiresAt],
    [second.orderId, "held", 2, null, second.expiresAt],
  ]);
  expect(await found(saleId, `state=held&limit=1&after=${first.orderId}`)).toEqual([all[1]]);
  expect(await found(saleId, `state=held&search=${second.buyerId}`)).toEqual([all[1]]);
  expect(await found(saleId, "")).toEqual([]);
});

test("staff cancel a hold whose buyer is on the provider's page: nobody can pay there, and the unit is sold again", async () => {
  const saleId = await paidSale(1);
  const order = await held(saleId);
  const token = tokenOf(order.buyerId);
  const opened = await call(`POST /api/sale/order/${order.orderId}/payment`, { token, body: {} });
  const { url } = opened.body as unknown as OpenedPaymentAnswer;
  const event = await decided(order, { units: 1, isWithheld: false, buyerId: order.buyerId });
  expect(event).toMatchObject({ kind: "cancelled", wish: { units: 1, actorId: operator } });
  expect(await historyOf(order)).toMatchObject({
    order: { state: "cancelled", unitsLeft: 0 },
    undecided: [],
  });
  expect((await found(saleId, "state=cancelled")).map(({ orderId }) => orderId)).toEqual([order.orderId]);
  const page = await fetch(`${cloud.paymentUrl}${new URL(url ?? "").pathname}/pay`, { method: "POST" });
  expect(await page.text()).toContain("Too late to pay");
  await waitFor("the unit to be back", async () => (await availableOf(saleId)) === 1);
});

test("a part of a hold cannot be cancelled, nor be taken off sale: both are said", async () => {
  const order = await held(await paidSale(3), 2);
  const answer = await cancel(order, { units: 1, isWithheld: true, buyerId: order.buyerId });
  expect(answer).toMatchObject({ status: 400 });
  expect(answer.body?.errors).toMatchObject([{ field: "units" }, { field: "isWithheld" }]);
});

test("who comes when all is held learns how many units may come back", async () => {
  const saleId = await paidSale(2);
  await held(saleId, 2);
  expect((await buy(saleId)).body).toMatchObject({ kind: "sold_out", held: 2 });
  // By then from memory.
  expect((await buy(saleId)).body).toMatchObject({ kind: "sold_out", held: 2 });
});
