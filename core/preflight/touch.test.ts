import { expect, test } from "vitest";
import { aSale } from "../../tests/support/test-sale.ts";
import { IDLE_LIMIT_MS } from "../redis/in-time.ts";
import { schedules } from "../topology.ts";
import { aboutToOpen, isTouch } from "./touch.ts";

const startsAtMs = Date.parse("2026-11-27T10:00:00.000Z");
const sale = aSale({ startsAtMs });

test.each([
  [-120_001, 0],
  [-120_000, 1],
  [-1, 1],
  [0, 0],
])("%i ms from the opening: %i to be touched for", (fromOpeningMs, count) => {
  expect(aboutToOpen([sale, { ...sale, state: "paused" }], startsAtMs + fromOpeningMs)).toHaveLength(count);
});

test("a tier's opening is one: a crowd comes to it", () => {
  const tiers = [{ name: "Gold", startsAt: new Date(startsAtMs - 3_600_000).toISOString() }];
  const early = { ...sale, guests: { kind: "listed", by: "codes", tiers } as const };
  expect(aboutToOpen([early], startsAtMs - 3_600_000 - 1)).toHaveLength(1);
  expect(aboutToOpen([early], startsAtMs - 3_600_000)).toHaveLength(0);
  expect(aboutToOpen([early], startsAtMs - 1)).toHaveLength(1);
});

test("no connection that was touched is taken for idle at the opening, whenever the warm-up runs", () => {
  expect(IDLE_LIMIT_MS).toBeGreaterThan(schedules.warmUp.everySeconds * 1000);
});

test("a request is no touch", () => {
  expect(isTouch({ touch: sale.saleId })).toBe(true);
  expect(isTouch({ requestContext: {}, body: '{"touch":1}' })).toBe(false);
});
