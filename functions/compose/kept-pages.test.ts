import { expect, test } from "vitest";
import { readShop } from "../../core/contract/shop.ts";
import type { Locale } from "../../web/texts/locale.ts";
import { plainWordsIn } from "../../web/texts/plain.ts";
import { createKeptPages } from "./kept-pages.ts";

const wordsIn = (locale: Locale) => plainWordsIn(locale, readShop({}));

/** Pages that tell how often they were read and written. */
function kept() {
  let nowMs = 0;
  let reads = 0;
  let writes = 0;
  const open = createKeptPages(
    async (key: string) => ({ key, read: ++reads }),
    ({ locale }, { key, read }) => `${locale} ${key} ${read} ${++writes}`,
    { nowMs: () => nowMs, monotonicMs: () => nowMs },
  );
  const bodyOf = async (locale: Locale, key: string) => (await open(wordsIn(locale), key)).body;
  return { open, bodyOf, wait: (ms: number) => void (nowMs += ms) };
}

test("however many open it within a second, a page is read once and written once in each language", async () => {
  const { bodyOf, wait } = kept();
  const bodies = await Promise.all(
    Array.from({ length: 50 }, (_, i) => bodyOf(i % 2 === 0 ? "en" : "de", "a")),
  );
  expect(new Set(bodies)).toEqual(new Set(["en a 1 1", "de a 1 2"]));
  wait(999);
  expect(await bodyOf("en", "a")).toBe("en a 1 1");
  wait(1);
  expect(await bodyOf("en", "a")).toBe("en a 2 3");
});

test("each page is kept by itself, as HTML that nobody else is to keep", async () => {
  const { open, bodyOf } = kept();
  await bodyOf("en", "a");
  expect(await open(wordsIn("en"), "b")).toEqual({
    status: 200,
    body: "en b 2 2",
    headers: { "content-type": "text/html; charset=utf-8" },
  });
});
