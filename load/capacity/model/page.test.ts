import { describe, expect, it, test } from "vitest";
import {
  after,
  intent,
  order,
  refused,
} from "../../../web/src/features/purchase/purchase-machine.fixture.ts";
import { createChance } from "../engine/chance.ts";
import { drawnOutMs } from "../../../web/src/features/page/waits.ts";
import * as nextLook from "../../../web/src/features/sale/next-look.ts";
import { OPENING_MS as pageOpeningMs } from "../../../web/src/features/sale/opening.ts";
import {
  askedWaitMs,
  looksMs,
  noticesMs,
  OPENING_MS,
  OVERDUE_LOOK_MS,
  POLL_SPREAD,
  QUICK_MS,
  retryWaitMs,
} from "./page.ts";
import { bothAsks, lineAsks, statusAsks } from "./polls.ts";

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

  it("waits as long as an answer asks, and up to a quarter more", () => {
    for (const random of [0, 1]) {
      const { effects } = after(bought, {
        ...refused("rate_limited", { retryAfterSeconds: 3 }),
        random,
      } as never);
      expect(effects).toContainEqual({ kind: "wait", waitMs: askedWaitMs(3_000, random) });
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

const drawn = (waitMs: number) => Array.from({ length: 1_000 }, () => drawnOutMs(waitMs));

test("the page's own waits are those of the model", () => {
  expect(OPENING_MS).toBe(pageOpeningMs);
  expect(nextLook).toMatchObject({ OVERDUE_LOOK_MS });
  const quick = drawn(QUICK_MS);
  expect(Math.min(...quick)).toBeGreaterThanOrEqual(QUICK_MS);
  expect(Math.max(...quick)).toBeLessThanOrEqual(QUICK_MS * (1 + POLL_SPREAD));
  const long = drawn(20_000);
  expect(Math.min(...long)).toBeGreaterThanOrEqual(10_000);
  expect(Math.min(...long)).toBeLessThan(10_500);
  expect(Math.max(...long)).toBeLessThanOrEqual(30_000);
  expect(Math.max(...long)).toBeGreaterThan(29_500);
});

test("nobody notices the sell-out before it, nor later than a cache and a wait", () => {
  const chance = createChance(2);
  const late = Array.from({ length: 500 }, () => noticesMs(chance, 10_000));
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...late)).toBeLessThanOrEqual(1_000 + 15_000);
});

const sale = (
  pages: number,
  attemptsBy: readonly number[],
  soldOutMs: number | null = null,
  hasLine = false,
) => ({ pages, attemptsBy, hasLine, soldOutMs });

const totals = (perSecond: readonly number[]) =>
  perSecond.map(
    (
      (sum) => (count) =>
        (sum += count)
    )(0),
  );
/** What the gate hears of a million that press Buy. So many environments ask it each second once all is sold. */
const heard = {
  "100 units, as deployed": totals([160, ...Array<number>(120).fill(700)]),
  "1,000 units, as deployed": totals([250, 1_650, ...Array<number>(120).fill(700)]),
  "10,000 units, as provisioned": totals([6_200, 5_900, ...Array<number>(100).fill(2_000)]),
  "100,000 units, as deployed": totals([250, 4_600, ...Array<number>(120).fill(3_500)]),
};

describe("asks of the pages", () => {
  it("come from each page of a small sale once a second, as soon as attempts tell that it is one", () => {
    const asks = statusAsks(sale(10, [2, 9, 10]), 60_000);
    expect(asks.mostPerSecond).toBeLessThanOrEqual(10);
    // All but the first twenty seconds, within which each looks for the first time.
    expect(asks.total).toBeGreaterThanOrEqual((10 * 40) / 1.1);
  });

  it.each(Object.entries(heard))(
    "of a million pages are far fewer than one distribution takes, with %s",
    (_, attemptsBy) => {
      for (const soldOutMs of [800, 1_300, 3_800, 38_000, null]) {
        const asks = statusAsks(sale(1_000_000, attemptsBy, soldOutMs), 240_000);
        expect(asks.mostPerSecond).toBeLessThan(130_000);
      }
    },
  );

  it("come from a million people in a line at less than half of what one distribution does", () => {
    const waited = sale(1_000_000, [], 500_000, true);
    const line = lineAsks(waited, 500, 600_000);
    const { mostPerSecond } = bothAsks(statusAsks(waited, 600_000), line);
    expect(mostPerSecond).toBeGreaterThan(50_000);
    expect(mostPerSecond).toBeLessThan(145_000);
  });
});
