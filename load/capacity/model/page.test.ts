import { describe, expect, it, test } from "vitest";
import {
  after,
  intent,
  order,
  refused,
} from "../../../web/src/features/purchase/purchase-machine.fixture.ts";
import { createChance } from "../engine/chance.ts";
import { looksMs, noticesMs, retryWaitMs, seesOpeningMs } from "./page.ts";
import { pollAfterMs, statusAsks } from "./polls.ts";

describe("the page's own purchase", () => {
  const bought = { kind: "bought", intent } as const;
  const again = { kind: "wait_over" } as const;

  it("waits as long after each try that was turned away as the model says", () => {
    for (let tries = 1; tries <= 7; tries++) {
      const vain = Array.from({ length: tries - 1 }, () => [refused("rate_limited"), again]).flat();
      for (const random of [0, 1]) {
        const { effects } = after(bought, ...vain, { ...refused("rate_limited"), random } as never);
        expect(effects).toContainEqual({ kind: "wait", waitMs: retryWaitMs(tries, random) });
      }
    }
  });

  it("looks at an accepted order as often as the model says", () => {
    const seen = { kind: "order_seen", order } as const;
    const { all } = after(
      bought,
      { kind: "answered", answer: { outcome: "accepted", ...order } },
      ...Array.from({ length: 5 }, () => seen),
    );
    const waits = all.flatMap((effect) => (effect.kind === "look_at_order" ? [effect.afterMs] : []));
    const looks = looksMs(0, 5_000);
    expect(waits.slice(0, 5)).toEqual(looks.slice(0, 5).map((atMs, i) => atMs - (looks[i - 1] ?? 0)));
  });
});

test("a page shows the opening within the spread, or a second later if the edge's answer is old", () => {
  const chance = createChance(1);
  const seen = Array.from({ length: 2_000 }, () => seesOpeningMs(chance, 800));
  expect(Math.max(...seen)).toBeLessThanOrEqual(800 + 1_100);
  const late = seen.filter((ms) => ms >= 1_000).length / seen.length;
  // Of an ask at t ms an old answer comes with a share of 1 - t/1000; on average over 800 ms that is 0.6.
  expect(late).toBeGreaterThan(0.56);
  expect(late).toBeLessThan(0.64);
});

test("nobody notices the sell-out before it, nor later than a cache and a wait", () => {
  const chance = createChance(2);
  const late = Array.from({ length: 500 }, () => noticesMs(chance, 10_000));
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...late)).toBeLessThanOrEqual(1_000 + 10_500);
});

describe("asks for the status", () => {
  it("come at the phase's pace, or slower by the rule, but never slower than a minute", () => {
    const rule = { mostPerSecond: 100_000 };
    expect(pollAfterMs("open", 10_000, rule)).toBe(1_000);
    expect(pollAfterMs("soldOut", 10_000, rule)).toBe(5_000);
    expect(pollAfterMs("open", 1_000_000, rule)).toBe(10_000);
    expect(pollAfterMs("open", 1_000_000, { mostPerSecond: null })).toBe(1_000);
    expect(pollAfterMs("open", 50_000_000, rule)).toBe(60_000);
  });

  it("come from each page once a wait", () => {
    const asks = statusAsks(1_000, null, 20_000, { mostPerSecond: null });
    expect(asks.total).toBeGreaterThan((1_000 * 20) / 1.1 - 1_000);
    expect(asks.total).toBeLessThanOrEqual(1_000 * 21);
    expect(asks.openingPerSecond).toBe(1_000);
  });

  it("come in waves unless they are spread over the whole wait", () => {
    const rule = { mostPerSecond: 10_000 };
    const waves = statusAsks(100_000, null, 60_000, rule);
    const drawnOut = statusAsks(100_000, null, 60_000, { ...rule, spread: 1 });
    const even = statusAsks(100_000, null, 60_000, { ...rule, spread: 1 }, 10_000);
    expect(waves.mostPerSecond).toBeGreaterThan(4 * rule.mostPerSecond);
    expect(drawnOut.mostPerSecond).toBeLessThanOrEqual(1.05 * rule.mostPerSecond);
    expect(even.openingPerSecond).toBe(rule.mostPerSecond);
    expect(even.mostPerSecond).toBeLessThanOrEqual(1.05 * rule.mostPerSecond);
  });
});
