import { expect, test } from "vitest";
import {
  boundUnitsRows,
  mayBecome,
  readUnits,
  rootOfUnits,
  unitsText,
  unitsToBind,
  type UnitsRow,
} from "./bound-units.ts";

const row = (number: number, unitsLeft = 1, state = "confirmed"): UnitsRow => ({
  hash: String(number).padStart(64, "0"),
  unitsLeft,
  state,
});
const knownOf = (rows: readonly UnitsRow[]) => new Map(rows.map((entry) => [entry.hash, entry]));
const boundTo = (rows: readonly UnitsRow[]) => ({
  count: rows.length,
  root: rootOfUnits(rows),
  roots: ["a"],
});
const none = new Map<string, UnitsRow>();

test("the first line says it of each order, and none follows while nothing changes", () => {
  const rows = [row(1), row(2, 0, "rejected")];
  const { news, rows: fresh } = unitsToBind(rows, null, none)!;
  expect(news).toEqual({ kind: "units", count: 2, unitsLeft: 1, changed: [], root: rootOfUnits(rows) });
  expect(fresh).toEqual(rows);
  expect(unitsToBind(rows, boundTo(rows), knownOf(rows))).toBeNull();
  expect(rows.map(unitsText).map(readUnits)).toEqual(rows);
});

test("the next line names what changed, as it was, and takes in what is new", () => {
  const before = [row(1, 2), row(3)];
  const after = [row(1, 1), row(2), row(3)];
  const { news, rows } = unitsToBind(after, boundTo(before), knownOf(before))!;
  expect(news).toMatchObject({
    count: 3,
    unitsLeft: 3,
    changed: [unitsText(row(1, 2))],
    root: rootOfUnits(after),
  });
  expect(rows).toEqual([row(1, 1), row(2)]);
  expect(rootOfUnits(boundUnitsRows(after, knownOf(before)))).toBe(rootOfUnits(before));
});

test("more changes than one line names are said by the next ones", () => {
  const before = Array.from({ length: 600 }, (_, i) => row(i));
  const after = before.map((entry) => ({ ...entry, unitsLeft: 0, state: "returned" }));
  const first = unitsToBind(after, boundTo(before), knownOf(before))!;
  expect(first.news).toMatchObject({ count: 600, unitsLeft: 100 });
  expect(first.news.changed).toHaveLength(500);
  const known = new Map([...knownOf(before), ...knownOf(first.rows)]);
  expect(rootOfUnits(boundUnitsRows(after, known))).toBe(first.news.root);
  const next = unitsToBind(after, { count: 600, root: first.news.root, roots: ["a", "b"] }, known)!;
  expect(next.news).toMatchObject({ unitsLeft: 0, root: rootOfUnits(after) });
  expect(next.news.changed).toHaveLength(100);
});

test("units only come back, and without units only money moves", () => {
  expect(mayBecome(row(1, 2), row(1, 1))).toBe(true);
  expect(mayBecome(row(1), row(1, 0, "returned"))).toBe(true);
  expect(mayBecome(row(1, 0, "returned"), row(1, 0, "refunded"))).toBe(true);
  expect(mayBecome(row(1, 0, "refunded"), row(1, 0, "returned"))).toBe(true);
  expect(mayBecome(row(1, 0, "returned"), row(1))).toBe(false);
  expect(mayBecome(row(1, 0, "rejected"), row(1, 0, "returned"))).toBe(false);
  for (const state of ["rejected", "failed", "expired", "cancelled"])
    expect(mayBecome(row(1), row(1, 0, state)), state).toBe(false);
});
