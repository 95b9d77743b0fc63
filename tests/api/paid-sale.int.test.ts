import { describe, expect, test } from "vitest";
import type { OpenedPaymentAnswer } from "../../core/contract/payment.ts";
import type { OrderView } from "../../core/contract/order.ts";
import { gateKeys } from "../../core/gate/keys.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testCancel } from "../support/test-cancel.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testCloud({ schedules: ["guardian"] });
const { call, newSale, buy } = testApi(cloud.apiUrl);
const { cancel, decided } = testCancel(cloud.apiUrl);
const { soldOf, redis } = testSnapshots(cloud);

const aPaidSale = (settings: Parameters<typeof newSale>[0] = {}) =>
  newSale({ priceMinor: 4_900, payment: { kind: "held", holdSeconds: 60 }, ...settings });

type Order = { readonly saleId: SaleId; readonly orderId: string; readonly buyerId: BuyerId };

async function aHold(saleId: SaleId, buyerId = aBuyer()): Promise<Order> {
  const answer = await buy(saleId, { buyerId });
  expect(answer).toMatchObject({ status: 202, body: { outcome: "held", state: "held" } });
  return { saleId, buyerId, orderId: answer.body!.orderId! };
}

async function open({ orderId, buyerId }: Order) {
  const answer = await call(`POST /api/sale/order/${orderId}/payment`, { token: tokenOf(buyerId), body: {} });
  return { ...answer, body: answer.body as unknown as OpenedPaymentAnswer };
}
const giveUp = ({ orderId, buyerId }: Order) =>
  call(`DELETE /api/sale/order/${orderId}/hold`, { token: tokenOf(buyerId) });
const choose = (url: string | null, choice: string) =>
  fetch(`${url}/${choice}`, { method: "POST", redirect: "manual" });
const orderOf = async ({ orderId, buyerId }: Order) =>
  (await call(`GET /api/sale/order/${orderId}`, { token: tokenOf(buyerId) })).body as unknown as OrderView;
const until = (order: Order, state: OrderView["state"]) =>
  waitFor(`the order is ${state}`, async () => (await orderOf(order)).state === state);
const intentOf = ({ orderId }: Order) =>
  cloud.payments.books().intents.find(({ metadata }) => metadata["order_id"] === orderId);

async function untilGate(saleId: SaleId, expected: Readonly<Record<string, number>>) {
  await waitFor(`the gate counts ${JSON.stringify(expected)}`, async () => {
    const gate = await redis.hgetall(gateKeys(saleId).gate);
    return Object.entries(expected).every(([name, value]) => gate[name] === String(value));
  });
}

describe("who pays", () => {
  test("has the unit: held, paid, placed, captured, confirmed", async () => {
    const saleId = await aPaidSale({ allocated: 1 });
    const order = await aHold(saleId);
    expect(await orderOf(order)).toMatchObject({ state: "held", expiresAt: expect.any(String) });
    expect(await buy(saleId)).toMatchObject({ status: 409 });
    const opened = await open(order);
    expect(opened).toMatchObject({ status: 200, body: { order: { state: "held" } } });
    const back = await choose(opened.body.url, "pay");
    expect(back.status).toBe(303);
    await until(order, "confirmed");
    expect(intentOf(order)).toMatchObject({ status: "succeeded", received: 4_900 });
    expect(await soldOf(saleId)).toBe(1);
    await untilGate(saleId, { available: 0, held: 0, sold: 1 });
    expect(await open(order)).toMatchObject({ status: 200, body: { url: null } });
    expect(await giveUp(order)).toMatchObject({ status: 200, body: { order: { state: "confirmed" } } });
  });

  test("after a card was declined, and one asked who they are", async () => {
    const order = await aHold(await aPaidSale());
    const { url } = (await open(order)).body;
    await choose(url, "decline");
    expect((await orderOf(order)).state).toBe("held");
    await choose(url, "authenticate");
    await choose(url, "approve");
    await until(order, "confirmed");
  });

  test("though every message of the provider is lost: by coming back", async () => {
    const order = await aHold(await aPaidSale());
    cloud.payments.setWebhooks({ isLost: true });
    const back = await choose((await open(order)).body.url, "pay");
    cloud.payments.setWebhooks({});
    expect((await orderOf(order)).state).toBe("held");
    const page = await fetch(back.headers.get("location")!);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(order.orderId)]);
    await until(order, "confirmed");
  });

  test("and every message comes twice, late and in any order", async () => {
    cloud.payments.setWebhooks({ isDouble: true, disorderMs: 500 });
    const orders = await Promise.all(Array.from({ length: 3 }, async () => aHold(await aPaidSale())));
    await Promise.all(orders.map(async (order) => choose((await open(order)).body.url, "pay")));
    for (const order of orders) await until(order, "confirmed");
    cloud.payments.setWebhooks({});
    for (const order of orders) expect(intentOf(order)).toMatchObject({ received: 4_900, refunded: 0 });
  });

  test("with a bank that hands over nothing has no unit, and it is on sale again", async () => {
    const saleId = await aPaidSale({ allocated: 1 });
    const order = await aHold(saleId);
    await choose((await open(order)).body.url, "uncapturable");
    await until(order, "failed");
    expect(intentOf(order)).toMatchObject({ status: "canceled", received: 0 });
    await untilGate(saleId, { available: 1, held: 0, sold: 0 });
    await untilBuyable(saleId);
  });
});

test("units that the merchant takes back are paid back, each time once", async () => {
  const saleId = await aPaidSale({ purchaseLimit: 3 });
  const buyerId = aBuyer();
  const answer = await buy(saleId, { buyerId, quantity: 3 });
  const order = { saleId, buyerId, orderId: answer.body!.orderId! };
  await choose((await open(order)).body.url, "pay");
  await until(order, "confirmed");
  const key = crypto.randomUUID();
  await decided(order, { units: 1 }, key);
  await cancel(order, { units: 1 }, { key });
  await waitFor("one is paid back", () => intentOf(order)?.refunded === 4_900);
  await decided(order, { units: 2 });
  await waitFor("all are paid back", () => intentOf(order)?.refunded === 14_700);
  expect(cloud.payments.books().refunds.filter(({ intent }) => intent === intentOf(order)?.id)).toHaveLength(
    2,
  );
  await untilGate(saleId, { available: 5, held: 0, sold: 0 });
});

describe("who does not pay", () => {
  test("but gives the hold up: the unit is on sale again, and the page takes no money", async () => {
    const saleId = await aPaidSale({ allocated: 1 });
    const order = await aHold(saleId);
    const { url } = (await open(order)).body;
    expect(await giveUp(order)).toMatchObject({ status: 200, body: { order: { state: "cancelled" } } });
    expect(await (await choose(url, "pay")).text()).toContain("Too late to pay");
    await untilGate(saleId, { available: 1, held: 0, sold: 0 });
    await untilBuyable(saleId);
  });

  test.each([false, true])(
    "in time: expired, the unit is on sale again (payment opened: %s)",
    async (isOpened) => {
      const saleId = await aPaidSale({ allocated: 1 });
      const order = await aHold(saleId);
      const url = isOpened ? (await open(order)).body.url : null;
      await makeDue(saleId);
      await until(order, "expired");
      if (url) expect(await (await choose(url, "pay")).text()).toContain("Too late to pay");
      await untilGate(saleId, { available: 1, held: 0, sold: 0 });
      await untilBuyable(saleId);
    },
  );

  test("until the last moment, and pays then: paid", async () => {
    const saleId = await aPaidSale({ allocated: 1 });
    const order = await aHold(saleId);
    cloud.payments.setWebhooks({ isLost: true });
    await choose((await open(order)).body.url, "pay");
    await makeDue(saleId);
    await until(order, "confirmed");
    cloud.payments.setWebhooks({});
  });

  test("while the provider is out of reach: the hold waits for it", async () => {
    const saleId = await aPaidSale({ allocated: 1 });
    const order = await aHold(saleId);
    await open(order);
    cloud.payments.setOutage("errors");
    expect(await open(order)).toMatchObject({ status: 503, body: { kind: "unavailable" } });
    expect(await giveUp(order)).toMatchObject({ status: 503 });
    cloud.payments.setOutage("none");
    expect((await orderOf(order)).state).toBe("held");
    expect(await giveUp(order)).toMatchObject({ status: 200, body: { order: { state: "cancelled" } } });
  });
});

test("whoever opens a payment again and again is asked to wait, and the provider is spared", async () => {
  const order = await aHold(await aPaidSale());
  const answers = [await open(order), ...(await Promise.all(Array.from({ length: 19 }, () => open(order))))];
  const [opened, refused] = [200, 429].map((status) => answers.filter((answer) => answer.status === status));
  expect(opened!.length + refused!.length).toBe(answers.length);
  // Half of ten and one at once, and some more if this machine takes its time.
  expect(opened!.length).toBeGreaterThanOrEqual(6);
  expect(opened!.length).toBeLessThan(12);
  expect(new Set(opened!.map(({ body }) => body.url)).size).toBe(1);
  for (const { headers } of refused!) expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await open(await aHold(order.saleId))).status).toBe(200);
});

test("an order is its buyer's alone, and a message must be signed", async () => {
  const order = await aHold(await aPaidSale());
  expect(await open({ ...order, buyerId: aBuyer() })).toMatchObject({ status: 404 });
  expect(await giveUp({ ...order, buyerId: aBuyer() })).toMatchObject({ status: 404 });
  const forged = {
    headers: { "stripe-signature": "t=1,v1=00" },
    body: { type: "checkout.session.completed" },
  };
  expect(await call("POST /api/payment/webhook", forged)).toMatchObject({ status: 403 });
});

/** The next buyer gets the unit that came back: soon, since for a second a function remembers that there was none. */
const untilBuyable = (saleId: SaleId) =>
  waitFor("the unit is on sale again", async () => (await buy(saleId)).status === 202);

/** The gate's list of holds says that all of them are overdue. */
async function makeDue(saleId: SaleId): Promise<void> {
  const { holds } = gateKeys(saleId);
  for (const member of await redis.zrange(holds, "0", "-1")) await redis.zadd(holds, "1", member);
}
