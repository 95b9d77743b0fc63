import { describe, expect, test } from "vitest";
import { isClosingDue } from "./due-lists.ts";
import { estimateWait } from "./estimate.ts";
import {
  at,
  chain,
  drawn,
  pace,
  rank,
  rootAtMs,
  round,
  rules,
  saleId,
  startsAtMs,
  step,
  writeLog,
} from "./kept-log.fixture.ts";
import { earliestLapse, lapsedSteps, unlapsedSteps } from "./lapse.ts";
import { firstPace, rulesOf } from "./line-rules.ts";
import { mayJoin } from "./line-state.ts";
import { peopleToAdmit } from "./pace.ts";
import { nextLine } from "./read-log.ts";
import { whyNoReturns } from "./returns.ts";
import { roundAtMs, roundOf } from "./round.ts";
import { stepOf } from "./turn.ts";

describe("the round", () => {
  test("comes at the opening less 30 s, or 15 s after a root that is late", () => {
    expect(roundAtMs(round, chain)).toBeGreaterThanOrEqual(startsAtMs - 30_000);
    expect(roundAtMs(round, chain)).toBeLessThan(startsAtMs - 27_000);
    const late = roundOf(rules, startsAtMs, chain);
    expect(roundAtMs(late, chain)).toBeGreaterThanOrEqual(startsAtMs + 15_000);
    expect(roundAtMs(late - 1, chain)).toBeLessThan(startsAtMs + 15_000);
  });

  test("of a draw comes at its result", () => {
    const draw = { mode: "draw", startsAtMs, resultAtMs: startsAtMs - 60_000 } as const;
    const atMs = roundAtMs(roundOf(draw, rootAtMs, chain), chain);
    expect(atMs - (startsAtMs - 60_000)).toBeGreaterThanOrEqual(0);
    expect(atMs - (startsAtMs - 60_000)).toBeLessThan(3_000);
  });
});

describe("a turn", () => {
  const { state } = writeLog(...drawn, [step(1, "", rank("3")), at], [step(2, rank("3"), rank("5")), at]);
  test("is in the step whose range has the rank and whose quantity fits", () => {
    expect(stepOf(state, { rank: rank("3"), quantity: 1 })?.step).toBe(1);
    expect(stepOf(state, { rank: rank("31"), quantity: 1 })?.step).toBe(2);
    expect(stepOf(state, { rank: rank("51"), quantity: 1 })).toBeUndefined();
    expect(stepOf(state, { rank: rank("1", 1), quantity: 1 })).toBeUndefined();
    expect(stepOf(state, { rank: rank("3"), quantity: 101 })).toBeUndefined();
  });
});

describe("the pace", () => {
  const steps = writeLog(...drawn, [step(1, "", rank("3"), { people: 25 }), at]).state.steps;
  const base = { pace, steps: [], holdsFromMs: startsAtMs, inside: 0, available: 100 };

  test.each([
    ["three seconds' worth at once", {}, 30],
    ["less what was let in, and more each second", { steps, holdsFromMs: startsAtMs + 2_000 }, 15],
    ["all of it again after three, and one", { steps, holdsFromMs: startsAtMs + 60_000 }, 31],
    ["no more inside than may be", { inside: 45 }, 5],
    ["nobody while more are inside than may be, after the cap was lowered", { inside: 60 }, 0],
    ["half as many more than there are units", { available: 4 }, 6],
    ["less who is inside already", { available: 4, inside: 5 }, 1],
    ["nobody without units", { available: 0 }, 0],
    ["nobody while paused", { pace: { ...pace, isPaused: true } }, 0],
  ])("lets in %s", (_what, room, people) => {
    expect(peopleToAdmit({ ...base, ...room })).toBe(people);
  });
});

const progress = (number: number, servedMs: number) => ({ step: number, servedMs, bought: 0, units: 0 });
describe("a turn lapses", () => {
  test("five served seconds later than the page shows, and in the order of the steps", () => {
    expect(lapsedSteps(0, [progress(1, 304_999)], 300)).toBe(0);
    expect(lapsedSteps(0, [progress(1, 305_000)], 300)).toBe(1);
    expect(lapsedSteps(1, [progress(3, 400_000), progress(2, 305_000)], 300)).toBe(3);
    expect(lapsedSteps(1, [progress(2, 0), progress(3, 400_000)], 300)).toBe(1);
    expect(lapsedSteps(1, [progress(3, 400_000)], 300)).toBe(1);
  });

  test("never sooner than a turn and its grace after its step held, whatever the gate counted", () => {
    const { state } = writeLog(...drawn, [step(1, "", rank("4")), at]);
    const [first] = state.steps;
    expect(earliestLapse(state, 0)).toBe(0);
    expect(earliestLapse(state, 1)).toBe(first!.holdsFromMs + (state.rules!.turnSeconds + 5) * 1_000);
  });

  test("and until that holds somebody may still buy in it", () => {
    const { state } = writeLog(...drawn, [step(1, "", rank("4")), at]);
    const [first] = state.steps;
    const lapsing = { ...state, steps: [{ ...first!, lapsesAtMs: 9_000 }] };
    expect(unlapsedSteps(state, Infinity)).toHaveLength(1);
    expect(unlapsedSteps(lapsing, 8_999)).toHaveLength(1);
    expect(unlapsedSteps(lapsing, 9_000)).toEqual([]);
  });
});

describe("the estimate", () => {
  const { state } = writeLog(...drawn, [step(1, "", rank("4")), at]);
  const facts = { nowMs: startsAtMs, inside: 0, available: 100, startsAtMs: null };

  test("counts those ahead by how lots are spread", () => {
    // 90 in lane 0: a quarter of them up to 4…, half up to 8….
    expect(estimateWait(state, rank("8"), facts)).toMatchObject({ ahead: 22, why: "pace" });
    expect(estimateWait(state, rank("8", 1), facts).ahead).toBe(72);
    expect(estimateWait(state, rank("2"), facts).ahead).toBe(0);
  });

  test("begins at the opening that the gate goes by, where that is later than the log's", () => {
    const early = { ...facts, nowMs: startsAtMs - 60_000 };
    const fromMs = (atMs: number | null) =>
      estimateWait(state, rank("2"), { ...early, startsAtMs: atMs }).fromMs;
    expect([fromMs(null), fromMs(startsAtMs - 1), fromMs(startsAtMs + 600_000)]).toEqual([
      startsAtMs,
      startsAtMs,
      startsAtMs + 600_000,
    ]);
  });

  test("few units left let in few: a turn each and a half, until theirs are over", () => {
    const { turnSeconds } = state.rules!;
    const few = estimateWait(state, rank("8", 1), { ...facts, inside: 15, available: 10 });
    expect(few).toMatchObject({ ahead: 72, why: "full", toMs: startsAtMs + 5 * turnSeconds * 1_000 });
  });

  test("grows while the room is full, and says so; and says nothing while nobody is let in", () => {
    const calm = estimateWait(state, rank("8"), facts);
    const full = estimateWait(state, rank("8"), { ...facts, inside: 50 });
    expect(full.why).toBe("full");
    expect(full.toMs!).toBeGreaterThanOrEqual(calm.toMs!);
    expect(estimateWait(state, rank("8"), { ...facts, available: 0 })).toMatchObject({
      why: "stock",
      toMs: null,
    });
    const paused = nextLine(
      saleId,
      state,
      { kind: "settings", ...pace, isPaused: true, role: "operator" },
      startsAtMs,
    );
    expect(estimateWait(paused.state, rank("8"), facts)).toMatchObject({ why: "paused", fromMs: null });
  });

  const paced = (more: object) => ({ ...state, pace: { ...pace, ...more } });
  test("is by the true pace where that is less than one a second, and by the true cap", () => {
    const slow = estimateWait(paced({ admissionsPerSecond: 0.2 }), rank("8"), facts);
    expect(slow).toMatchObject({ ahead: 22, fromMs: startsAtMs + 110_000, why: "pace" });
    const next = estimateWait(paced({ admissionsPerSecond: 0.01 }), rank("4"), facts);
    expect(next).toMatchObject({ ahead: 0, fromMs: startsAtMs, toMs: startsAtMs + 100_000 });
  });

  test("is nobody's to give while the pace or the cap is nobody", () => {
    const nobodyKnows = { fromMs: null, toMs: null, why: "paused" };
    for (const more of [{ admissionsPerSecond: 0 }, { mostInside: 0 }])
      expect(estimateWait(paced(more), rank("8"), facts)).toMatchObject(nobodyKnows);
  });

  test("of a draw is its opening, whatever stands before: its winners are told at once, and no pace lets them in", () => {
    const none = { admissionsPerSecond: 0, mostInside: 0, isPaused: false, message: "" };
    const ofDraw = { ...state.rules!, mode: "draw" } as const;
    const draw = { ...state, rules: ofDraw, pace: none, steps: [], upTo: "" };
    const of = (nowMs: number) => estimateWait(draw, rank("8", 1), { ...facts, nowMs });
    const opening = { fromMs: startsAtMs, toMs: startsAtMs, why: "opening" };
    expect(of(startsAtMs - 86_400_000)).toMatchObject(opening);
    expect(of(startsAtMs + 2_000)).toMatchObject({ fromMs: startsAtMs + 2_000, toMs: startsAtMs + 2_000 });
    expect(estimateWait(draw, rank("8"), { ...facts, available: 0 }).toMs).toBeNull();
  });
});

describe("a line for what comes back to an open sale", () => {
  const sinceMs = startsAtMs + 600_000;
  const open = { saleId, mode: { kind: "open" }, startsAtMs, purchaseLimit: 4, allocated: 100 } as const;
  const begun = { ...open, mode: { kind: "open", returnsSince: new Date(sinceMs).toISOString() } } as const;

  test("there is none before somebody waits; then its first list closes half a minute later, each turn for one unit", () => {
    expect(rulesOf(open, chain)).toBeNull();
    const made = rulesOf(begun, chain)!;
    expect(made).toMatchObject({ mode: "returns", purchaseLimit: 1, closesAtMs: sinceMs + 30_000 });
    const state = writeLog([made, sinceMs + 1_000]).state;
    expect(state.begunAtMs).toBe(sinceMs + 1_000);
    expect([isClosingDue(state, sinceMs + 29_999), isClosingDue(state, sinceMs + 30_000)]).toEqual([
      false,
      true,
    ]);
    expect(mayJoin(state, "returns")).toBe(true);
  });

  test("as many are let in as there are units that nobody has, and no more", () => {
    const room = { pace: firstPace(begun), steps: [], holdsFromMs: sinceMs, isUnitEach: true };
    const admitted = (available: number, inside: number) => peopleToAdmit({ ...room, available, inside });
    expect([admitted(0, 0), admitted(1, 0), admitted(1, 1), admitted(3, 1)]).toEqual([0, 1, 0, 2]);
  });

  test("one can begin to wait while every unit is taken and some are not paid for", () => {
    expect(whyNoReturns({ available: 0, held: 1 })).toBeNull();
    expect(whyNoReturns({ available: 1, held: 1 })).toBe("units_left");
    expect(whyNoReturns({ available: 0, held: 0 })).toBe("all_paid");
    expect(whyNoReturns(null)).toBe("unknown");
  });
});
