import { expect, test } from "vitest";
import { judgeLaunch, type Seen } from "./judge-launch.ts";
import { sharesOf } from "./shares.ts";

/** A hundred people, half of them honest, and 40 units: so many of these went to honest people. */
const withHonest = (got: number) =>
  sharesOf([
    ...Array.from({ length: 50 }, (_, n) => ({ kind: "honest" as const, units: n < got ? 1 : 0 })),
    ...Array.from({ length: 50 }, (_, n) => ({ kind: "replay" as const, units: n < 40 - got ? 1 : 0 })),
  ]);
const good: Seen = { shares: withHonest(20), unequal: [], misplaced: [], verifierCode: 0 };
const room = { mode: "waiting_room", hasDefences: true } as const;

test("a launch in which all fits is good", () => {
  expect(judgeLaunch(room, good)).toEqual([]);
  expect(judgeLaunch({ mode: "draw", hasDefences: true }, good)).toEqual([]);
});

test("honest people must get nine tenths of the ideal in room and draw with defences on", () => {
  expect(judgeLaunch(room, { ...good, shares: withHonest(18) })).toEqual([]);
  const wrong = ["honest people got 0.85 of the ideal, and 0.9 is the least"];
  expect(judgeLaunch(room, { ...good, shares: withHonest(17) })).toEqual(wrong);
  expect(judgeLaunch({ ...room, mode: "draw" }, { ...good, shares: withHonest(17) })).toEqual(wrong);
});

test("without defences, and in an open sale, the share is shown and not judged", () => {
  const unfair = { ...good, shares: withHonest(0) };
  expect(judgeLaunch({ ...room, hasDefences: false }, unfair)).toEqual([]);
  const open = { ...unfair, misplaced: null, verifierCode: null };
  expect(judgeLaunch({ mode: "open", hasDefences: true }, open)).toEqual([]);
});

test("an order of turns that differs at all is wrong, with defences or without", () => {
  for (const hasDefences of [true, false]) {
    const plan = { mode: "draw", hasDefences } as const;
    expect(judgeLaunch(plan, { ...good, misplaced: ["byr_1"] })).toEqual([
      "1 differ from the published order: byr_1",
    ]);
    expect(judgeLaunch(plan, { ...good, misplaced: null })).toEqual(["the order of turns was not compared"]);
  }
});

test("the outside script must end with 0, and have been run", () => {
  expect(judgeLaunch(room, { ...good, verifierCode: 1 })).toEqual([
    "verify-fairness.mjs ended with exit code 1",
  ]);
  expect(judgeLaunch(room, { ...good, verifierCode: null })).toHaveLength(1);
});

test("counts that differ are wrong in every mode", () => {
  const seen = { ...good, unequal: ["places: 1 is not 2"], misplaced: null, verifierCode: null };
  expect(judgeLaunch({ mode: "open", hasDefences: false }, seen)).toEqual(["places: 1 is not 2"]);
});
