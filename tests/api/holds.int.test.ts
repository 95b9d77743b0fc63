import { describe, expect, test } from "vitest";
import { gateConnection } from "../../core/clients/purchase-gate.ts";
import { loadConfig } from "../../core/config.ts";
import type { SaleNumbers } from "../../core/contract/admin.ts";
import type { OrderView } from "../../core/contract/order.ts";
import type { OpenedPaymentAnswer } from "../../core/contract/payment.ts";
import type { PurchaseAnswer } from "../../core/contract/purchase-answer.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { gateKeys } from "../../core/gate/keys.ts";
import { guardianDependencies, lookAfter } from "../support/look-after.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testCloud();
const { call, newSale, buy, operate } = testApi(cloud.apiUrl);
const redis = gateConnection(loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA"]));
const guardian = await guardianDependencies();

const PRICE_MINOR = 12_900;
const paidSale = (allocated = 2) =>
  newSale({ allocated, priceMinor: PRICE_MINOR, payment: { kind: "held", holdSeconds: 60 } });

/** A buyer's own hold. */
async function hold(saleId: SaleId, buyerId: BuyerId = aBuyer()) {
  const answer = await buy(saleId, { buyerId });
  const order = answer.body as PurchaseAnswer;
  const token = tokenOf(buyerId);
  return {
    answer,
    order,
    stateNow: async () =>
      ((await call(`GET /api/sale/order/${order.orderId}`, { token })).body as unknown as OrderView).state,
    open: async () => {
      const opened = await call(`POST /api/sale/order/${order.orderId}/payment`, { token, body: {} });
      return { status: opened.status, ...(opened.body as unknown as OpenedPaymentAnswer) };
    },
    cancel: () => call(`DELETE /api/sale/order/${order.orderId}/hold`, { token }),
    until: (state: OrderView["state"]) =>
      waitFor(`the order to be ${state}`, async () => {
        const { body } = await call(`GET /api/sale/order/${order.orderId}`, { token });
        return (body as unknown as OrderView).state === state;
      }),
  };
}

/** What a person does on the provider's own page. */
async function choose(url: string | null, choice: string): Promise<void> {
  const page = new URL(url ?? "");
  const response = await fetch(`${cloud.paymentUrl}${page.pathname}/${choice}`, {
    method: "POST",
    redirect: "manual",
  });
  expect([200, 303]).toContain(response.status);
}

async function numbersOf(saleId: SaleId) {
  const token = tokenOf(aBuyer(), "viewer");
  const { body } = await call(`GET /api/admin/sales/${saleId}`, { token });
  const { stock, orders } = body as unknown as SaleNumbers;
  return { ...stock, soldInRows: orders.soldUnits, confirmed: orders.confirmed };
}

/** The hold's time is over. */
const pass = async (saleId: SaleId) => {
  const { holds } = gateKeys(saleId);
  for (const member of await redis.zrange(holds, "0", "-1")) await redis.zadd(holds, "1", member);
};
const look = (saleId: SaleId) => lookAfter(guardian, saleId);

const captured = () => cloud.payments.books().intents.filter(({ status }) => status === "succeeded").length;

describe("a sale that is paid for", () => {
  test("holds a unit, tells until when, and confirms the order once it is paid for", async () => {
    const saleId = await paidSale();
    const { answer, order, open, until } = await hold(saleId);
    expect(answer.status).toBe(202);
    expect(order).toMatchObject({ outcome: "held", state: "held", unitsLeft: 1 });
    const heldMs = Date.parse(order.expiresAt ?? "") - Date.parse(order.reservedAt);
    expect(heldMs).toBe(60_000);
    expect(await numbersOf(saleId)).toMatchObject({ available: 1, held: 1, sold: 0 });
    const before = captured();
    const { status, url } = await open();
    expect(status).toBe(200);
    await choose(url, "pay");
    await until("confirmed");
    expect(captured() - before).toBe(1);
    await waitFor("the gate to know", async () => (await numbersOf(saleId)).sold === 1);
    expect(await numbersOf(saleId)).toMatchObject({
      available: 1,
      held: 0,
      sold: 1,
      soldInRows: 1,
      confirmed: 1,
    });
  });

  test("puts a unit back on sale if nobody pays in time, whether or not a payment was opened", async () => {
    const saleId = await paidSale();
    const [silent, opened] = [await hold(saleId), await hold(saleId)];
    const { url } = await opened.open();
    expect((await buy(saleId)).body).toMatchObject({ kind: "sold_out" });
    await pass(saleId);
    await look(saleId);
    await silent.until("expired");
    await opened.until("expired");
    await waitFor("both units to be back", async () => (await numbersOf(saleId)).available === 2);
    expect(await numbersOf(saleId)).toMatchObject({ held: 0, sold: 0, soldInRows: 0 });
    await choose(url, "pay");
    expect(await opened.stateNow()).toBe("expired");
  });

  test("takes an order back that its buyer gives up, and puts the unit back on sale", async () => {
    const saleId = await paidSale(1);
    const { cancel, stateNow } = await hold(saleId);
    expect((await cancel()).status).toBe(200);
    expect(await stateNow()).toBe("cancelled");
    await waitFor("the unit to be back", async () => (await numbersOf(saleId)).available === 1);
  });

  test("fails an order whose money the bank refuses in the end, and sells the unit again", async () => {
    const saleId = await paidSale(1);
    const { open, until } = await hold(saleId);
    await choose((await open()).url, "uncapturable");
    await until("failed");
    await waitFor("the unit to be back", async () => (await numbersOf(saleId)).available === 1);
    expect(await numbersOf(saleId)).toMatchObject({ held: 0, sold: 0, soldInRows: 0 });
  });

  test("lets a hold that nobody has ended be paid after its time, also once the sale has ended", async () => {
    const saleId = await paidSale(1);
    const { open, until } = await hold(saleId);
    const { url } = await open();
    await operate(saleId, "end");
    await pass(saleId);
    await choose(url, "pay");
    await look(saleId);
    await until("confirmed");
  });
});

test("a sale that asks for money needs a price", async () => {
  const body = {
    name: "Nothing",
    priceMinor: 0,
    currency: "EUR",
    allocated: 1,
    startsAt: "2020-01-01T00:00:00.000Z",
    payment: { kind: "held", holdSeconds: 60 },
  };
  const token = tokenOf(aBuyer(), "operator");
  const answer = await call("POST /api/admin/sales", { token, key: crypto.randomUUID(), body });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain("needs a priceMinor");
});
