import { expect, test } from "vitest";
import { pageWeight } from "../../load/web/page-weight.ts";
import { type Locale, localePath, locales } from "../../web/texts/locale.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import { testShoppers } from "./test-shoppers.ts";

const cloud = await browserCloud();
const shopper = testShoppers(cloud);
const KB = 1024;
const HOUR_MS = 3_600_000;
const at = (ms: number) => new Date(Date.now() + ms).toISOString();
const room = {
  startsAt: at(2 * HOUR_MS),
  mode: {
    kind: "waiting_room",
    closesAt: at(HOUR_MS),
    listSeconds: 30,
    turnSeconds: 300,
    admissionsPerSecond: 10,
    mostInside: 500,
  },
} as const;

/** Drawn only where a sale has no picture. */
const isArt = (url: string) => /\/_astro\/draw\.[\w-]+\.js$/.test(url);

/** What the page of a sale loads in one language until it says what there is to say, in gzip. */
async function weightOf(language: Locale, state: string, settings: Parameters<typeof newSale>[1]) {
  const saleId = await newSale(cloud, settings);
  const visitor = await shopper({ token: true, locale: language });
  const urls: string[] = [];
  visitor.page.on("request", (request) => urls.push(request.url()));
  await visitor.open(localePath(language, `/sale/${saleId}`));
  await visitor.state(state);
  expect(await visitor.page.locator("html").getAttribute("lang")).toBe(language);
  expect((await pageWeight(urls.filter(isArt))).scriptBytes).toBeLessThanOrEqual(1.5 * KB);
  return pageWeight(urls.filter((url) => !isArt(url)));
}

test.each(locales)("an open sale, %s: at most 20 KB of JavaScript, 60 KB in all", async (language) => {
  const { scriptBytes, allBytes } = await weightOf(language, "open", {});
  expect(scriptBytes).toBeGreaterThan(10 * KB);
  expect(scriptBytes).toBeLessThanOrEqual(20 * KB);
  expect(allBytes).toBeLessThanOrEqual(60 * KB);
});

// Its code comes only to a sale that has one: to join, wait and check one's own entry takes half as much again.
test.each(locales)("a sale with a line, %s: at most 32 KB of JavaScript", async (language) => {
  const { scriptBytes, allBytes } = await weightOf(language, "line_join", room);
  expect(scriptBytes).toBeLessThanOrEqual(32 * KB);
  expect(allBytes).toBeLessThanOrEqual(60 * KB);
});
