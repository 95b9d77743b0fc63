import { expect, test } from "vitest";
import { nextLookMs } from "./next-look.ts";

const PAGES = 2_000;
const looks = (untilStartMs: number, pollAfterMs: number, phase: "scheduled" | "open" = "scheduled") =>
  Array.from({ length: PAGES }, () => nextLookMs({ phase, pollAfterMs }, untilStartMs));
const between = (all: readonly number[], fromMs: number, toMs: number) =>
  all.filter((ms) => ms >= fromMs && ms < toMs).length;

test("an open sale is looked at when the server wants", () => {
  const all = looks(-1_000, 4_000, "open");
  expect(between(all, 2_000, 6_000)).toBe(PAGES);
});

test("pages that were told to wait over the opening spread their first looks after it evenly", () => {
  const all = looks(1_000, 20_000);
  for (const fromMs of [1_000, 6_000, 11_000, 16_000]) {
    const share = between(all, fromMs, fromMs + 5_000) / PAGES;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
  }
});

test("a quick wait is drawn out over the opening too, and a look before it is no later for it", () => {
  const all = looks(500, 1_000);
  expect(between(all, 500, 1_500)).toBe(PAGES);
  expect(between(looks(60_000, 20_000), 10_000, 30_000)).toBe(PAGES);
});

test("who is told after the opening that the sale is still to come looks again within seconds", () => {
  expect(between(looks(-200, 20_000), 1_500, 4_500)).toBe(PAGES);
  expect(between(looks(-200, 1_000), 1_000, 1_101)).toBe(PAGES);
});
