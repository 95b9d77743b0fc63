import { describe, expect, it } from "vitest";
import type { LineView } from "../api/contract.ts";
import { lookAfterMs } from "./look-after.ts";
import type { Place } from "./place.ts";

const NOW_MS = Date.parse("2026-11-27T10:00:00.000Z");
const view = (more: Partial<LineView>): LineView =>
  ({
    phase: "moving",
    pollAfterMs: 20_000,
    closesAt: new Date(NOW_MS - 60_000).toISOString(),
    ...more,
  }) as LineView;
const waiting = (fromMs: number | null): Place => ({
  kind: "waiting",
  ahead: { about: 10, least: 5, most: 15 },
  wait: { fromMs, toMs: fromMs, why: "pace" },
});
const looks = (of: LineView, place: Place) => {
  const all = Array.from({ length: 500 }, () => lookAfterMs(of, place, NOW_MS));
  return { least: Math.min(...all), most: Math.max(...all) };
};

describe("a page of a line with a million pages", () => {
  it.each<[string, Place]>([
    ["in its turn", { kind: "turn", fromMs: NOW_MS, toMs: null }],
    ["whose turn comes within half a minute", waiting(NOW_MS + 30_000)],
  ])("%s looks each two seconds", (_, place) => {
    const { least, most } = looks(view({}), place);
    expect(least).toBeGreaterThanOrEqual(2_000);
    expect(most).toBeLessThanOrEqual(2_200);
  });

  it.each<[string, Place]>([
    ["whose turn is far", waiting(NOW_MS + 30_001)],
    ["whose turn nobody knows", waiting(null)],
    // The same moment for all of them: a crowd that looks each two seconds would be all of it.
    ["of a draw that opens within half a minute", { ...waiting(NOW_MS + 30_000), kind: "drawn" } as Place],
    ["that has not joined", { kind: "join", list: 1 }],
  ])("%s looks as slowly as the server wants, at any moment of that wait", (_, place) => {
    const { least, most } = looks(view({}), place);
    expect(least).toBeGreaterThanOrEqual(10_000);
    expect(least).toBeLessThan(11_500);
    expect(most).toBeGreaterThan(28_500);
    expect(most).toBeLessThanOrEqual(30_000);
  });
});

it("a page wakes up when the first list closes, and not all at once", () => {
  const closing = view({
    phase: "joining",
    pollAfterMs: 10_000,
    closesAt: new Date(NOW_MS + 1_000).toISOString(),
  });
  const { least, most } = looks(closing, { kind: "join", list: 0 });
  expect(least).toBeGreaterThanOrEqual(1_000);
  expect(most).toBeLessThanOrEqual(11_000);
  expect(most).toBeGreaterThan(8_000);
});
