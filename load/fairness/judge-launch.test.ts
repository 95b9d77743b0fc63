import { expect, test } from "vitest";
import { judgeGain, judgeLaunch, type Seen } from "./judge-launch.ts";
import { sharesOf } from "./shares.ts";

/** Half of these people are honest, and four in five get a unit: so many of these went to honest people. */
const withHonest = (got: number, people = 1_000) => {
  const half = { length: people / 2 };
  return sharesOf([
    ...Array.from(half, (_, n) => ({
      kind: "honest" as const,
      units: n < got ? 1 : 0,
      isBesideHonest: true,
    })),
    ...Array.from(half, (_, n) => ({
      kind: "replay" as const,
      units: n < people * 0.8 - got ? 1 : 0,
      isBesideHonest: true,
    })),
  ]);
};
const good: Seen = {
  shares: withHonest(400),
  mostOfAddress: 29,
  unequal: [],
  misplaced: [],
  verifierCode: 0,
};
const room = { mode: "waiting_room", hasDefences: true } as const;

test("a launch in which all fits is good", () => {
  expect(judgeLaunch(room, good)).toEqual([]);
  expect(judgeLaunch({ mode: "draw", hasDefences: true }, good)).toEqual([]);
});

test("honest people must get nine tenths of the ideal in room and draw with defences on", () => {
  expect(judgeLaunch(room, { ...good, shares: withHonest(360) })).toEqual([]);
  const wrong = ["honest people got 0.85 of the ideal, and 0.90 is the least"];
  expect(judgeLaunch(room, { ...good, shares: withHonest(340) })).toEqual(wrong);
  expect(judgeLaunch({ ...room, mode: "draw" }, { ...good, shares: withHonest(340) })).toEqual(wrong);
});

test("of a small crowd lots alone may take more than a tenth, and no more than three deviations", () => {
  expect(judgeLaunch(room, { ...good, shares: withHonest(13, 40) })).toEqual([]);
  expect(judgeLaunch(room, { ...good, shares: withHonest(12, 40) })).toEqual([
    "honest people got 0.75 of the ideal, and 0.76 is the least",
  ]);
});

test("a launch in which nothing was sold, or in which one address fills lane 0, is not fair", () => {
  expect(judgeLaunch(room, { ...good, shares: sharesOf([]) })).toHaveLength(1);
  expect(judgeLaunch(room, { ...good, mostOfAddress: 30 })).toEqual([
    "one address has 30 entries in lane 0, and 29 is the most",
  ]);
  expect(judgeLaunch({ ...room, hasDefences: false }, { ...good, mostOfAddress: 30 })).toEqual([]);
});

const launch = (hasDefences: boolean, honestUnits: number, mode: "draw" | "open" = "draw") => ({
  plan: { mode, hasDefences, breakage: null },
  shares: { honestUnits, idealUnits: honestUnits },
});

test("defences give honest people twice the units that they have without, in each mode", () => {
  expect(judgeGain([launch(true, 20), launch(false, 10)])).toEqual([]);
  expect(judgeGain([launch(true, 19), launch(false, 10)])).toEqual([
    "draw: honest people have 19 units with defences; lots give 10.0 without",
  ]);
  expect(judgeGain([launch(true, 0)])).toEqual([]);
  expect(judgeGain([launch(true, 0, "open"), launch(false, 1, "open")])).toEqual([]);
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
