import { expect, test } from "vitest";
import { FIREWALL_PURCHASES } from "../firewall-limits.ts";
import { CROWD_PACE, createPacer, pacedMs } from "./pace.ts";

test("no span has more requests than the pace allows; a small crowd comes at once", () => {
  const pacer = createPacer({ most: 3, windowMs: 100 });
  expect([0, 0, 0, 0, 10, 250].map((nowMs) => pacer.take(nowMs))).toEqual([0, 0, 0, 100, 100, 250]);
});

test("a blocked address is blocked for all that is sent from it", () => {
  const pacer = createPacer({ most: 3, windowMs: 100 });
  pacer.take(0);
  pacer.block(500);
  pacer.block(400);
  expect(pacer.take(10)).toBe(500);
  expect(pacer.blockedUntilMs()).toBe(500);
});

test("a crowd's pace stays below the firewall's, and says how long it takes", () => {
  expect(CROWD_PACE.most).toBeLessThan(FIREWALL_PURCHASES.most);
  expect(CROWD_PACE.windowMs).toBeGreaterThan(FIREWALL_PURCHASES.windowSeconds * 1_000);
  expect([0, 1, 1_080, 1_081, 2_000, 4_000].map((requests) => pacedMs(requests))).toEqual([
    0, 0, 0, 70_000, 70_000, 210_000,
  ]);
});
