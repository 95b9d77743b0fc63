import { expect, test } from "vitest";
import { usdOf } from "./idle-costs.ts";
import { orderCosts } from "./order-parts.ts";
import { assumed, saleCosts } from "./sale-costs.ts";

test("a million orders cost their mails, writes and messages, and the functions behind the queues", () => {
  const usd = Object.fromEntries(orderCosts(1_000_000).map((line) => [line.price, usdOf(line)]));
  expect(usd).toMatchObject({ "SES mails": 100, "DynamoDB writes": 2.5, "Lambda requests": 0.4 });
  expect(usd["SQS requests"]).toBeCloseTo(2.4, 6);
  // 19 ms of a gigabyte, and 400 ms of half of one.
  expect(usd["Lambda, arm64"]).toBeCloseTo(0.0000133334 * (19_000 + 200_000), 6);
});

test("a sale's costs have all of its orders'", () => {
  expect(saleCosts(10_000)).toEqual(expect.arrayContaining(orderCosts(assumed.orders)));
});
