import { expect, test } from "vitest";
import { deployedFunctions } from "./deployed-functions.ts";
import recorded from "./recorded-sizes.json" with { type: "json" };
import { judgeSizes } from "./sizes-bench.ts";

test("each deployed function is recorded, and nothing else is: `npm run bench -- --record-sizes`", () => {
  const names = deployedFunctions.map(([name]) => name);
  expect(Object.keys(recorded)).toEqual(names);
  expect(new Set(names).size).toBe(names.length);
});

const sizes = { start: 100, all: 200, import: 1 };
const judged = (now: typeof sizes, before = sizes) =>
  judgeSizes({ "http/purchase": now }, { "http/purchase": before }).map(({ isMet }) => isMet);

test("a bundle may grow by a fifth, at its start and with all that it may need, and no more", () => {
  expect(judged({ start: 120, all: 240, import: 1.2 })).toEqual([true, true, true]);
  expect(judged({ start: 121, all: 240, import: 1 })).toEqual([false, true, true]);
  expect(judged({ start: 100, all: 241, import: 1 })).toEqual([true, false, true]);
});

test("an import fails when it grew by a fifth and by more than runs differ", () => {
  expect(judged({ ...sizes, import: 1.24 })).toEqual([true, true, true]);
  expect(judged({ ...sizes, import: 1.26 })).toEqual([true, true, false]);
  expect(judged({ ...sizes, import: 2.35 }, { ...sizes, import: 2 })).toEqual([true, true, true]);
  expect(judged({ ...sizes, import: 2.41 }, { ...sizes, import: 2 })).toEqual([true, true, false]);
});

test("a function that is not recorded fails, and so does a record without a function", () => {
  const known = { "http/purchase": sizes };
  for (const rows of [judgeSizes(known, {}), judgeSizes({}, known)])
    expect(rows.map(({ isMet }) => isMet)).toEqual([false, false, false]);
  expect(judgeSizes({}, known)[0]?.figure).toBe("http/purchase 100 → gone KB");
});
