import { expect, test } from "vitest";
import { testCloud } from "../support/cloud.ts";
import { aBuyer } from "../support/test-sale.ts";
import { testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

const LIMIT = 10;
const REPLAYS = 60;

test("replays count as attempts: those over the limit are 429 and say when to ask again", async () => {
  const saleId = await sales.newSale({ attemptLimit: LIMIT });
  const attempt = { buyerId: aBuyer(), key: "key-0001" };
  const { orderId } = await sales.accepted(saleId, attempt);
  const answers = await Promise.all(Array.from({ length: REPLAYS }, () => sales.buy(saleId, attempt)));
  const answered = answers.filter(({ status }) => status === 202);
  expect(new Set(answered.map(({ body }) => body?.orderId))).toEqual(new Set([orderId]));
  // Those that come at once, and some more if this machine takes its time.
  expect(answered.length).toBeLessThan(2 * LIMIT);
  const limited = answers.filter(({ status }) => status !== 202);
  for (const { status, headers, body } of limited) {
    expect({ status, kind: body?.kind }).toEqual({ status: 429, kind: "rate_limited" });
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  }
});
