import { expect, test } from "vitest";
import { type Served, sharesOf } from "./shares.ts";

const some = (count: number, kind: Served["kind"], units: number, isBesideHonest = true): Served[] =>
  Array.from({ length: count }, () => ({ kind, units, isBesideHonest }));

test("where everybody gets the same, the honest have the ideal share", () => {
  const shares = sharesOf([...some(2, "honest", 1), ...some(6, "many_identities", 1)]);
  expect(shares).toMatchObject({ people: 8, honest: 2, units: 8, honestUnits: 2, idealUnits: 2, ratio: 1 });
});

test("the ideal is what lots give where the honest stand: who stands behind them takes nothing of it", () => {
  const shares = sharesOf([
    ...some(3, "honest", 1),
    ...some(1, "honest", 0),
    ...some(3, "replay", 1),
    ...some(1, "replay", 0),
    ...some(92, "many_identities", 0, false),
  ]);
  expect(shares).toMatchObject({ people: 100, beside: 8, units: 6, idealUnits: 3, ratio: 1 });
  // Six of eight drawn, four of them honest: 4 × 0.75 × 0.25 × 4/7.
  expect(shares.deviation).toBeCloseTo(Math.sqrt(3 / 7) / 3);
});

test("with a unit for each who stands there, chance has no part in it", () => {
  const shares = sharesOf([...some(4, "honest", 1), ...some(4, "replay", 1), ...some(4, "replay", 1, false)]);
  expect(shares).toMatchObject({ idealUnits: 4, ratio: 1, deviation: 0 });
});

test("where bots take all, the honest have none of it", () => {
  const shares = sharesOf([...some(5, "honest", 0), ...some(5, "many_tries", 1)]);
  expect(shares).toMatchObject({ honestUnits: 0, idealUnits: 2.5, ratio: 0 });
});

test("units are counted by kind", () => {
  const shares = sharesOf([...some(1, "honest", 1), ...some(2, "replay", 1), ...some(1, "late_burst", 0)]);
  expect(shares.unitsByKind).toEqual({ honest: 1, replay: 2, late_burst: 0 });
  expect(shares.ratio).toBeCloseTo(4 / 3);
});

test("a launch in which nothing was sold is no fair one", () => {
  expect(sharesOf(some(4, "honest", 0)).ratio).toBe(0);
  expect(sharesOf([]).ratio).toBe(0);
});
