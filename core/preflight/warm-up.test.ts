import { describe, expect, test } from "vitest";
import { environmentsFor, environmentsNeeded } from "./warm-up.ts";

const MINUTE = 60_000;
const startsAtMs = Date.parse("2026-11-27T10:00:00.000Z");
const sale = { state: "running", startsAtMs, endsAtMs: null, currency: "EUR" };
const settings = { attemptsPerSecond: 2_000, most: 400 };

test("an environment serves ten requests a second, with a quarter to spare", () => {
  expect(environmentsFor(2_000)).toBe(250);
  expect(environmentsFor(1)).toBe(1);
  expect(environmentsFor(0)).toBe(0);
});

describe("how many are warm", () => {
  test.each([
    [-16 * MINUTE, 0],
    [-15 * MINUTE, 250],
    [0, 250],
    [15 * MINUTE - 1, 250],
    [15 * MINUTE, 0],
  ])("%i ms from the opening: %i", (fromOpeningMs, count) => {
    expect(environmentsNeeded([sale], settings, startsAtMs + fromOpeningMs)).toBe(count);
  });

  test("none for a sale that is paused, ended, or over", () => {
    const others = [
      { ...sale, state: "paused" },
      { ...sale, state: "ended" },
      { ...sale, endsAtMs: startsAtMs + 1 },
    ];
    expect(environmentsNeeded(others, settings, startsAtMs + 1)).toBe(0);
  });

  test("two openings at once add up, to the most that is allowed", () => {
    expect(environmentsNeeded([sale, sale], settings, startsAtMs)).toBe(400);
    expect(environmentsNeeded([sale, sale], { ...settings, most: 1_000 }, startsAtMs)).toBe(500);
  });
});
