import * as fc from "fast-check";
import { expect, test } from "vitest";
import { someOrders } from "../../tests/gate/buyer-orders-arbitrary.ts";
import { testRedis } from "../../tests/support/test-redis.ts";
import { testStores } from "../../tests/support/stores.ts";
import { defineScript } from "../redis/script.ts";
import { type BuyerOrder, buyerOrdersText, parseBuyerOrders } from "./buyer-orders.ts";
import ordersLua from "./lib/orders.lua";

const stores = await testStores();
const redis = testRedis(stores);

const FIELDS = ["orderId", "quantity", "place", "keyHash", "unitsLeft", "unitsWithheld"] as const;

/** Reads orders as every script of the gate does. */
const read = defineScript(redis, {
  command: "testReadOrders",
  parts: [
    ordersLua,
    `local all = {}
    for orderId, quantity, place, keyHash, left, withheld in string.gmatch(orders, ORDER) do
      for _, value in ipairs({ orderId, quantity, place, keyHash, left, withheld }) do all[#all + 1] = value end
    end
    return all`,
  ],
  keys: [],
  arguments: ["orders"],
});

/** Writes orders as the scripts do: numbers come as text from the caller or the hash, or as numbers of Lua. */
const write = defineScript(redis, {
  command: "testWriteOrders",
  parts: [
    ordersLua,
    `local convert = asNumbers == "1" and tonumber or tostring
    redis.call("DEL", buyersKey, gateKey)
    local orders
    for i = restFrom, #ARGV, 6 do
      local order = orderText(ARGV[i], convert(ARGV[i + 1]), convert(ARGV[i + 2]), ARGV[i + 3], convert(ARGV[i + 4]),
        convert(ARGV[i + 5]))
      addOrder(gateKey, buyersKey, "buyer", orders, order)
      orders = redis.call("HGET", buyersKey, "buyer")
    end
    return { orders, redis.call("HGET", gateKey, "buyer_count") }`,
  ],
  keys: ["gate", "buyers"],
  arguments: ["asNumbers"],
});

/** Empty units mean that nothing came back. */
const fieldsOf = (order: BuyerOrder) => {
  const isWhole = order.unitsLeft === order.quantity;
  return FIELDS.map((field) => (isWhole && field.startsWith("units") ? "" : String(order[field])));
};

test("what TypeScript writes, Lua reads", async () => {
  const property = fc.asyncProperty(someOrders, async (orders) => {
    const reply = await read({}, { orders: buyerOrdersText(orders) });
    expect(reply.map(String)).toEqual(orders.flatMap(fieldsOf));
  });
  await fc.assert(property, { numRuns: 100 });
});

test("what Lua writes, TypeScript reads, and would write the same; the buyer is counted once", async () => {
  const property = fc.asyncProperty(someOrders, fc.boolean(), async (orders, asNumbers) => {
    const values = orders.flatMap((order) => FIELDS.map((field) => order[field]));
    const keys = { gate: "{test}:gate", buyers: "{test}:buyers" };
    const [text, buyers] = (await write(keys, { asNumbers: asNumbers ? "1" : "0" }, values)).map(String);
    expect(parseBuyerOrders(text ?? "")).toEqual(orders);
    expect(text).toBe(buyerOrdersText(orders));
    expect(buyers).toBe("1");
  });
  await fc.assert(property, { numRuns: 100 });
});
