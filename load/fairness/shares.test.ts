import { expect, test } from "vitest";
import { type Served, sharesOf } from "./shares.ts";

const some = (count: number, kind: Served["kind"], units: number): Served[] =>
  Array.from({ length: count }, () => ({ kind, units }));

test("where everybody gets the same, the honest have the ideal share", () => {
  const shares = sharesOf([...some(2, "honest", 1), ...some(6, "many_identities", 1)]);
  expect(shares).toMatchObject({ people: 8, honest: 2, units: 8, honestUnits: 2, idealUnits: 2, ratio: 1 });
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
