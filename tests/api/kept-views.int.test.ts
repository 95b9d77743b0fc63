import { expect, test } from "vitest";
import type { SaleId } from "../../core/ids.ts";
import { testFaultyCloud } from "../support/faulty-cloud.ts";
import { formOf, plainBrowser } from "../support/plain-browser.ts";
import { testApi, tokenOf } from "../support/test-api.ts";

const cloud = await testFaultyCloud();
const { newSale } = testApi(cloud.apiUrl);
const { open, buy } = plainBrowser(cloud.apiUrl);

const HOUR_MS = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();
const untilForgotten = () => new Promise((resume) => setTimeout(resume, 1_100));

const newRoom = () =>
  newSale({
    mode: {
      kind: "waiting_room",
      closesAt: iso(Date.now() + HOUR_MS),
      admissionsPerSecond: 100,
      mostInside: 1_000,
    },
    startsAt: iso(Date.now() + 2 * HOUR_MS),
  });

const sent = () => cloud.dynamo.bytesSent() + cloud.redis.bytesSent();

/** Bytes that the functions send to the stores meanwhile. */
async function bytesOf(work: () => Promise<unknown>): Promise<number> {
  await untilForgotten();
  const before = sent();
  await work();
  return sent() - before;
}

test.each([
  ["the list without script", () => "/plain/en"],
  ["a page of past sales without script", () => "/plain/en/past/newest"],
  ["a sale without script", (saleId: SaleId) => `/plain/en/sale/${saleId}`],
  ["a line", (saleId: SaleId) => `/api/sale/${saleId}/line`],
])("of %s the stores are asked as for one, however many look at once", async (_, pathOf) => {
  const path = pathOf(await newRoom());
  await open(path);
  const one = await bytesOf(() => open(path));
  expect(one).toBeGreaterThan(0);
  const many = await bytesOf(async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => open(path)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });
  // A look that comes a second later, on a busy machine, has a reading of its own.
  expect(many / one).toBeLessThan(4);
});

test("what is a buyer's own on a kept sale is theirs, and as it is at that moment", async () => {
  const saleId = await newSale({ purchaseLimit: 2 });
  const path = `/plain/en/sale/${saleId}`;
  const [buyer, other] = [tokenOf(), tokenOf()];
  const before = await open(path, buyer);
  const { location = "" } = await buy(saleId, { token: buyer });
  const orderId = location.split("/").at(-1)!;
  expect((await open(path, buyer)).words).toContain(orderId);
  expect((await open(path, other)).words).not.toContain(orderId);
  expect((await open(path)).words).not.toContain(orderId);
  const pages = [before, await open(path, buyer), await open(path, other)];
  expect(new Set(pages.map((page) => formOf(page, "/plain/en/purchase")?.["key"])).size).toBe(3);
});
