import { expect, test } from "vitest";
import type { AdminSaleList } from "../../core/contract/admin.ts";
import { environmentsNeeded } from "../../core/preflight/warm-up.ts";
import { smokePurchase } from "../../core/canary/smoke-purchase.http.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";

const cloud = await testCloud();
const { call, newSale } = testApi(cloud.apiUrl);
const operator = tokenOf(aBuyer(), "operator");

const smokeSales = async () => {
  const answer = await call("GET /api/admin/sales?search=Smoke+test", { token: operator });
  const { sales } = answer.body as unknown as AdminSaleList;
  return sales.filter(({ name }) => name.includes("Smoke test"));
};

test("a smoke purchase is confirmed, and no list that a stranger sees ever shows its sale", async () => {
  await newSale({ name: "Lamp" });
  const done = new AbortController();
  const smoked = smokePurchase(cloud.apiUrl, { operator, shopper: tokenOf() }).finally(() => done.abort());
  const looks: string[] = [];
  while (!done.signal.aborted)
    for (const path of ["/api/sales", "/plain/en", "/plain/de"]) looks.push((await call(`GET ${path}`)).text);
  expect(await smoked).toMatch(/^ord_/);
  expect(looks.length).toBeGreaterThan(3);
  expect(looks.every((text) => text.includes("Lamp"))).toBe(true);
  expect(looks.filter((text) => text.includes("Smoke test"))).toEqual([]);

  const [sale, ...others] = await smokeSales();
  expect(others).toEqual([]);
  expect(sale).toMatchObject({ phase: "ended", stock: { allocated: 1, sold: 1 } });
});

test("one whose process dies is over within three minutes by itself, and warms nothing up", async () => {
  const [sale] = await smokeSales();
  const startsAtMs = Date.parse(sale!.startsAt);
  expect(Date.parse(sale!.endsAt ?? "never") - startsAtMs).toBeLessThanOrEqual(181_000);
  const opening = { state: "running", startsAtMs, endsAtMs: null, currency: sale!.currency };
  const settings = { attemptsPerSecond: 100, most: 100 };
  expect(environmentsNeeded([opening], settings, startsAtMs)).toBe(0);
  expect(environmentsNeeded([{ ...opening, currency: "EUR" }], settings, startsAtMs)).toBeGreaterThan(0);
});
