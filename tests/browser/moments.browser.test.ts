import { expect, test } from "vitest";
import { browserCloud, newSale } from "./browser-cloud.ts";
import { testShoppers } from "./test-shoppers.ts";

const cloud = await browserCloud();
const shopper = testShoppers(cloud);
const inFuture = (ms: number) => new Date(Date.now() + ms).toISOString();
const HOUR_MS = 3_600_000;

test("the tab says that the sale opens, and then that it is open; before it may be noted in a calendar", async () => {
  const saleId = await newSale(cloud, { name: "Lamp", startsAt: inFuture(6_000) });
  const una = await shopper({ token: true });
  await una.open(`/sale/${saleId}`);
  await una.state("scheduled");
  expect(await una.page.title()).toBe("Lamp · Flash sale");
  expect(await una.part("calendar").getAttribute("href")).toBe(`/plain/en/calendar/${saleId}`);
  const file = await una.page.request.get(`/plain/en/calendar/${saleId}`);
  expect(await file.text()).toContain("BEGIN:VCALENDAR");
  // Every page opens by its clock, without an answer for it.
  await una.stall("**/api/sale/status/*");
  await una.state("open");
  await una.part("buy").waitFor();
  expect(await una.page.title()).toBe("Open now: Lamp · Flash sale");
  expect(await una.part("calendar").isVisible()).toBe(false);
});

test("an open sale counts down to its end, and says the moment while that is more than a day away", async () => {
  const soon = await newSale(cloud, { endsAt: inFuture(HOUR_MS) });
  const vic = await shopper({ token: true });
  await vic.open(`/sale/${soon}`);
  await vic
    .part("ends-in")
    .filter({ hasText: /^Ends in 00:59:\d\d$/ })
    .waitFor();
  const first = await vic.part("ends-in").innerText();
  await expect.poll(() => vic.part("ends-in").innerText()).not.toBe(first);
  await vic.open(`/sale/${await newSale(cloud, { endsAt: inFuture(50 * HOUR_MS) })}`);
  await vic
    .part("ends-in")
    .filter({ hasText: /^Ends \w{3},? \d/ })
    .waitFor();
  await vic.open(`/sale/${await newSale(cloud)}`);
  await vic.state("open");
  expect(await vic.part("ends-in").isVisible()).toBe(false);
});
