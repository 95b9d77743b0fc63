import { afterEach, expect, test } from "vitest";
import type { BuyerOrderPage } from "../../core/contract/order.ts";
import type { BuyerId } from "../../core/ids.ts";
import { testFaultyCloud } from "../support/faulty-cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testFaultyCloud();
const { buy, call, newSale } = testApi(cloud.apiUrl);

const ask = (buyerId?: BuyerId, query = "") =>
  call(`GET /api/orders${query}`, buyerId ? { token: tokenOf(buyerId) } : {});
const ordersOf = async (buyerId: BuyerId) => ((await ask(buyerId)).body as unknown as BuyerOrderPage).orders;

const untilConfirmed = (buyerId: BuyerId) =>
  waitFor("every order is confirmed", async () =>
    (await ordersOf(buyerId)).every((order) => order.state === "confirmed"),
  );

afterEach(() => cloud.dynamo.set("pass"));

test("each buyer sees their own orders of every sale, and nobody sees any without a session", async () => {
  const sales = [await newSale({ name: "Lamp" }), await newSale({ name: "Kettle", purchaseLimit: 2 })];
  const [ada, ben] = [aBuyer(), aBuyer()];
  const bought = [
    await buy(sales[0]!, { buyerId: ada }),
    await buy(sales[1]!, { buyerId: ada, quantity: 2 }),
  ];
  await buy(sales[0]!, { buyerId: ben });
  expect(await ordersOf(ada)).toMatchObject([
    { orderId: bought[1]?.body?.orderId, quantity: 2, sale: { name: "Kettle", priceMinor: 12_900 } },
    { orderId: bought[0]?.body?.orderId, quantity: 1, place: 1, sale: { name: "Lamp", currency: "EUR" } },
  ]);
  expect(await ordersOf(ben)).toMatchObject([{ saleId: sales[0], place: 2 }]);
  expect(await ordersOf(aBuyer())).toEqual([]);
  expect((await ask()).status).toBe(401);
  expect((await ask(ada)).headers.get("cache-control")).toBe("no-store");
  await untilConfirmed(ada);
});

test("what is no page of sales is named", async () => {
  for (const [query, field] of [
    ["?after=sale_1", "after"],
    ["?page=2", "page"],
  ] as const)
    expect(await ask(aBuyer(), query)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
});

test.each(["cut", "stall"] as const)(
  "a ledger that is %s is unavailable, never an empty list",
  async (mode) => {
    const buyerId = aBuyer();
    await buy(await newSale(), { buyerId });
    await untilConfirmed(buyerId);
    cloud.dynamo.set(mode);
    const answer = await ask(buyerId);
    expect(answer).toMatchObject({ status: 503, body: { kind: "unavailable", retryAfterSeconds: 1 } });
    expect(answer.text).not.toContain(`orders":`);
  },
);
