import { describe, expect, test } from "vitest";
import type { AuditLog } from "../../core/contract/audit.ts";
import type { OrderPage } from "../../core/contract/admin-orders.ts";
import type { OrderList } from "../../core/contract/order.ts";
import { type BuyerId, newOrderId, type OrderId, type SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testCancel } from "../support/test-cancel.ts";
import { aBuyer, NOW_MS } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testCloud();
const { call, newSale, buy } = testApi(cloud.apiUrl);
const { cancel, decided, historyOf, operator } = testCancel(cloud.apiUrl);
const { snapshotOf, soldOf, ledgerOf } = testSnapshots(cloud);

/** An order that has its row. */
async function confirmedOrder(settings: Parameters<typeof newSale>[0] = {}, quantity = 1) {
  const saleId = await newSale({ purchaseLimit: 4, ...settings });
  const buyerId = aBuyer();
  const orderId = (await buy(saleId, { buyerId, quantity })).body!.orderId!;
  await waitFor("it is a row", async () => (await soldOf(saleId)) === quantity);
  return { saleId, orderId, buyerId };
}

/** Waits until the gate counts so, which it does last of all; answers its counters. */
async function untilGate(saleId: SaleId, expected: Record<"available" | "sold" | "withheld", number>) {
  const text = Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, String(value)]));
  let gate: Record<string, string> = {};
  await waitFor(`the gate counts ${JSON.stringify(expected)}`, async () => {
    ({ gate } = (await snapshotOf(saleId)).gate);
    return Object.keys(text).every((name) => gate[name] === text[name]);
  });
  expect(Number(gate["allocated"])).toBe(expected.available + expected.sold + expected.withheld);
}

const byText = (a = "", b = "") => a.localeCompare(b);

const orderOf = async (orderId: string, buyerId: BuyerId) =>
  (await call(`GET /api/sale/order/${orderId}`, { token: tokenOf(buyerId) })).body;

describe("a whole order", () => {
  test("on sale again: returned everywhere, and the next buyer gets the unit", async () => {
    const order = await confirmedOrder({ allocated: 1 });
    expect(await buy(order.saleId)).toMatchObject({ status: 409 });
    expect(await decided(order)).toMatchObject({
      number: 2,
      kind: "returned",
      why: null,
      wish: { units: 1, isWithheld: false, reason: "the buyer asked", actorId: operator },
    });
    await untilGate(order.saleId, { available: 1, sold: 0, withheld: 0 });
    expect(await orderOf(order.orderId, order.buyerId)).toMatchObject({
      state: "returned",
      quantity: 1,
      unitsLeft: 0,
    });
    expect(await soldOf(order.saleId)).toBe(0);
    expect(await historyOf(order)).toMatchObject({
      order: { state: "returned", unitsLeft: 0, unitsWithheld: 0 },
      events: [{ number: 1, kind: "confirmed", wish: null }, { number: 2 }],
      undecided: [],
    });
    // A sold-out sale lets units that come back wait for a moment.
    await waitFor("it is bought again", async () => (await buy(order.saleId)).status === 202);
    await waitFor("it is a row", async () => (await soldOf(order.saleId)) === 1);
  });

  test("withheld: nobody gets the unit", async () => {
    const order = await confirmedOrder({ allocated: 1 });
    await decided(order, { isWithheld: true });
    await untilGate(order.saleId, { available: 0, sold: 0, withheld: 1 });
    expect(await buy(order.saleId)).toMatchObject({ status: 409, body: { kind: "sold_out" } });
    expect((await snapshotOf(order.saleId)).row).toMatchObject({ sold: 0, withheld: 1 });
    const numbers = await call(`GET /api/admin/sales/${order.saleId}`, {
      token: tokenOf(operator, "viewer"),
    });
    expect(numbers.body).toMatchObject({
      stock: { available: 0, sold: 0, withheld: 1 },
      orders: { confirmed: 0, returned: 1, soldUnits: 0 },
    });
  });

  test("whose purchase was answered a moment ago, which has no row yet: found by its buyer", async () => {
    const saleId = await newSale();
    const buyerId = aBuyer();
    const orderId = (await buy(saleId, { buyerId })).body!.orderId!;
    expect(await cancel({ saleId, orderId }, { buyerId })).toMatchObject({ status: 202 });
    await untilGate(saleId, { available: 5, sold: 0, withheld: 0 });
    expect(await orderOf(orderId, buyerId)).toMatchObject({ state: "returned", unitsLeft: 0 });
  });
});

test("part of an order: the rest stays confirmed, and the buyer may buy as much again", async () => {
  const order = await confirmedOrder({ purchaseLimit: 3 }, 3);
  await decided(order, { units: 1 });
  await decided(order, { units: 1, isWithheld: true });
  await untilGate(order.saleId, { available: 3, sold: 1, withheld: 1 });
  expect(await orderOf(order.orderId, order.buyerId)).toMatchObject({
    state: "confirmed",
    quantity: 3,
    unitsLeft: 1,
  });
  expect(await historyOf(order)).toMatchObject({
    order: { state: "confirmed", quantity: 3, unitsLeft: 1, unitsWithheld: 1 },
  });
  expect(await buy(order.saleId, { buyerId: order.buyerId, quantity: 2 })).toMatchObject({ status: 202 });
  await waitFor("both are rows", async () => (await soldOf(order.saleId)) === 3);
});

test("orders are found by what became of them, and the file says what is left", async () => {
  const saleId = await newSale({ allocated: 9, purchaseLimit: 3 });
  const orders: { saleId: SaleId; orderId: OrderId }[] = [];
  for (let i = 0; i < 3; i++)
    orders.push({ saleId, orderId: (await buy(saleId, { quantity: 3 })).body!.orderId! });
  await waitFor("all are rows", async () => (await soldOf(saleId)) === 9);
  await decided(orders[1]!, { units: 3 });
  await decided(orders[2]!, { units: 1, isWithheld: true });
  const token = tokenOf(operator, "viewer");
  const matches = async (query: string) => {
    const { body } = await call(`GET /api/admin/sales/${saleId}/orders?${query}`, { token });
    return (body as unknown as OrderPage).orders.map(({ orderId }) => orderId);
  };
  const [whole, returned, partly] = orders.map(({ orderId }) => orderId);
  expect(await matches("state=confirmed")).toEqual([whole, partly].toSorted(byText));
  expect(await matches("state=returned")).toEqual([returned]);
  expect(await matches("state=partly_returned")).toEqual([partly]);
  expect(await matches("state=rejected")).toEqual([]);
  const file = await call(`GET /api/admin/sales/${saleId}/orders?format=csv`, { token });
  const lines = file.text.split("\r\n").map((line) => line.split(","));
  const column = (name: string) => lines[0]!.indexOf(name);
  const cells = new Map(
    lines
      .slice(1)
      .map((line) => [
        line[0],
        ["quantity", "units_left", "units_withheld", "state"].map((name) => line[column(name)]),
      ]),
  );
  expect(cells.get(whole)).toEqual(["3", "3", "0", "confirmed"]);
  expect(cells.get(returned)).toEqual(["3", "0", "0", "returned"]);
  expect(cells.get(partly)).toEqual(["3", "2", "1", "confirmed"]);
});

test("twice with one key is one wish; the key with another body, or for another order, is noticed", async () => {
  const order = await confirmedOrder({}, 2);
  const key = crypto.randomUUID();
  await decided(order, {}, key);
  const again = await Promise.all(Array.from({ length: 5 }, () => cancel(order, {}, { key })));
  expect(again.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
  expect(new Set(again.map(({ text }) => text)).size).toBe(1);
  for (const changed of [{ units: 2 }, { isWithheld: true }, { reason: "another" }])
    expect(await cancel(order, changed, { key })).toMatchObject({
      status: 422,
      body: { kind: "key_reused" },
    });
  const other = await confirmedOrder();
  expect(await cancel(other, {}, { key })).toMatchObject({ status: 422 });
  // One that is decided after them shows that nothing else came of the first.
  await decided(order, { units: 1 });
  await untilGate(order.saleId, { available: 5, sold: 0, withheld: 0 });
  expect((await historyOf(order)).events.map(({ kind }) => kind)).toEqual([
    "confirmed",
    "returned",
    "returned",
  ]);
  expect((await historyOf(other)).order).toMatchObject({ unitsLeft: 1 });
  const audit = await call(`GET /api/admin/sales/${order.saleId}/audit`, {
    token: tokenOf(operator, "viewer"),
  });
  expect(
    (audit.body as unknown as AuditLog).entries.map(({ action, after }) => [action, after["units"]]),
  ).toEqual([
    ["cancel_wished", 1],
    ["cancel_wished", 1],
    ["created", undefined],
  ]);
});

test("more units than are left: decided, refused, and to be seen with the reason", async () => {
  const order = await confirmedOrder({}, 2);
  await decided(order, { units: 1 });
  expect(await decided(order, { units: 2, reason: "all of it" })).toMatchObject({
    number: 3,
    kind: "wish_refused",
    why: "too_many_units",
    wish: { units: 2, reason: "all of it", actorId: operator },
  });
  await untilGate(order.saleId, { available: 4, sold: 1, withheld: 0 });
  expect(await orderOf(order.orderId, order.buyerId)).toMatchObject({ state: "confirmed", unitsLeft: 1 });
  const before = await ledgerOf(order.saleId);
  expect(await cancel(order, { units: 3 })).toMatchObject({
    status: 400,
    body: { errors: [{ field: "units", message: "must be at most 2, all units of the order" }] },
  });
  expect(await ledgerOf(order.saleId)).toEqual(before);
});

test("two at once for the last unit: one gets it, the other is refused", async () => {
  const order = await confirmedOrder();
  const outcomes = await Promise.all([decided(order), decided(order)]);
  expect(outcomes.map((event) => event?.kind).toSorted(byText)).toEqual(["returned", "wish_refused"]);
  await untilGate(order.saleId, { available: 5, sold: 0, withheld: 0 });
});

test("orders that ended count against a buyer's orders, and the refusal says so in words", async () => {
  const order = await confirmedOrder({ purchaseLimit: 1 });
  for (let another = 0; another < 2; another++) {
    const { body } = await call(`GET /api/sale/my-order/${order.saleId}`, { token: tokenOf(order.buyerId) });
    const { orders } = body as unknown as OrderList;
    await decided({ saleId: order.saleId, orderId: orders.at(-1)!.orderId });
    await untilGate(order.saleId, { available: 5, sold: 0, withheld: 0 });
    expect(await buy(order.saleId, { buyerId: order.buyerId })).toMatchObject({ status: 202 });
    await waitFor("it is a row", async () => (await soldOf(order.saleId)) === 1);
  }
  expect(await buy(order.saleId, { buyerId: order.buyerId })).toMatchObject({ status: 200 });
  const { body } = await call(`GET /api/sale/my-order/${order.saleId}`, { token: tokenOf(order.buyerId) });
  const states = (body as unknown as OrderList).orders.map(({ state, unitsLeft }) => [state, unitsLeft]);
  expect(states.slice(0, 2)).toEqual([
    ["returned", 0],
    ["returned", 0],
  ]);
  await decided({ saleId: order.saleId, orderId: (body as unknown as OrderList).orders[2]!.orderId });
  await untilGate(order.saleId, { available: 5, sold: 0, withheld: 0 });
  expect(await buy(order.saleId, { buyerId: order.buyerId })).toMatchObject({
    status: 409,
    body: { kind: "conflict", detail: "You have had 3 orders in this sale; it takes no more from you" },
  });
});

test("a purchase repeated with its key after the order was cancelled answers that order as it is, and buys nothing", async () => {
  const saleId = await newSale();
  const [buyerId, key] = [aBuyer(), crypto.randomUUID()];
  const { orderId } = (await buy(saleId, { buyerId, key })).body!;
  await waitFor("it is a row", async () => (await soldOf(saleId)) === 1);
  await decided({ saleId, orderId: orderId! });
  await untilGate(saleId, { available: 5, sold: 0, withheld: 0 });
  expect(await buy(saleId, { buyerId, key })).toMatchObject({
    status: 202,
    body: { outcome: "accepted", orderId, state: "returned", unitsLeft: 0 },
  });
  expect((await buy(saleId, { buyerId })).body).toMatchObject({ outcome: "accepted", state: "accepted" });
});

describe("refused, and nothing changed", () => {
  test("without a session, and to every role below operator", async () => {
    const order = await confirmedOrder();
    const before = await snapshotOf(order.saleId);
    expect(await cancel(order, {}, { role: null })).toMatchObject({ status: 401 });
    for (const role of ["shopper", "viewer"] as const)
      expect(await cancel(order, {}, { role })).toMatchObject({ status: 403, body: { kind: "forbidden" } });
    expect(await snapshotOf(order.saleId)).toEqual(before);
    const path = `/api/admin/sales/${order.saleId}/orders/${order.orderId}`;
    expect(await call(`GET ${path}`, { token: tokenOf(order.buyerId) })).toMatchObject({ status: 403 });
  });

  test("an order that is not there, of another sale, or of another buyer is 404", async () => {
    const order = await confirmedOrder();
    const saleId = await newSale();
    for (const [wrong, wish] of [
      [{ ...order, orderId: newOrderId(order.saleId, NOW_MS) }, {}],
      [{ ...order, orderId: newOrderId(order.saleId, NOW_MS) }, { buyerId: order.buyerId }],
      [{ ...order, saleId }, {}],
      [order, { buyerId: aBuyer() }],
    ] as const)
      expect(await cancel(wrong, wish)).toMatchObject({ status: 404, body: { kind: "not_found" } });
    expect(await historyOf({ ...order, saleId })).toMatchObject({ status: 404 });
  });

  test.each<[string, object, string[]]>([
    ["no unit", { units: 0 }, ["units"]],
    ["half a unit more", { units: 1.5 }, ["units"]],
    ["units in words", { units: "1" }, ["units"]],
    ["no place for the units", { isWithheld: undefined }, ["isWithheld"]],
    ["no reason", { reason: " " }, ["reason"]],
    ["a reason with a zero character", { reason: "a\0" }, ["reason"]],
    ["a reason past 200 characters", { reason: "x".repeat(201) }, ["reason"]],
    ["a buyer that is none", { buyerId: "ann" }, ["buyerId"]],
    ["a field of ours", { actorId: operator }, ["actorId"]],
    ["all wrong", { units: -1, isWithheld: "no", reason: "" }, ["units", "isWithheld", "reason"]],
  ])("%s: each wrong field is named", async (_, wrong, fields) => {
    const order = { saleId: await newSale(), orderId: newOrderId(await newSale(), NOW_MS) };
    const { status, body } = await cancel(order, wrong);
    // One field may be wrong in two ways.
    const named = [...new Set(body?.errors?.map(({ field }) => field))];
    expect([status, named]).toEqual([400, fields]);
  });

  test("without a key", async () => {
    const order = await confirmedOrder();
    expect(await cancel(order, {}, { key: "" })).toMatchObject({
      status: 400,
      body: { errors: [{ field: "Idempotency-Key" }] },
    });
  });
});
