import { describe, expect, test } from "vitest";
import type { SaleId } from "../ids.ts";
import { keyOf, rankOf } from "./lot.ts";
import { liveSteps, mayJoin, noLine, openList } from "./line-state.ts";
import { changeHeldFromMs } from "./change-held.ts";
import { isClosingDue } from "./due-lists.ts";
import { estimateWait } from "./estimate.ts";
import { earliestLapse, lapsedSteps, unlapsedSteps } from "./lapse.ts";
import { hashOfLine, type News, parseLine } from "./log-line.ts";
import { bucketLeft, peopleToAdmit } from "./pace.ts";
import { firstPace, rulesOf } from "./line-rules.ts";
import { whyNoReturns } from "./returns.ts";
import { LogBroken, nextLine, readLines } from "./read-log.ts";
import { roundAtMs, roundOf } from "./round.ts";
import { isPassedOver, stepOf } from "./turn.ts";

const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId;
const chain = {
  hash: "52".repeat(32),
  publicKey: "83".repeat(96),
  genesisMs: 1_692_803_367_000,
  periodMs: 3_000,
  isRehearsal: false,
};
const startsAtMs = 1_800_000_000_000;
const rules = {
  kind: "rules",
  version: 3,
  saleId,
  mode: "waiting_room",
  startsAtMs,
  closesAtMs: startsAtMs - 120_000,
  resultAtMs: null,
  listSeconds: 30,
  turnSeconds: 300,
  purchaseLimit: 2,
  allocated: 100,
  chain,
} as const satisfies News;
const pace = { admissionsPerSecond: 10, mostInside: 50, isPaused: false, message: "" };
const settings: News = { kind: "settings", ...pace, role: "operator" };
const rootAtMs = startsAtMs - 110_000;
const round = roundOf(rules, rootAtMs, chain);
const root = "ab".repeat(32);
const signature = "cd".repeat(48);
const closing: News = { kind: "closing", list: 0 };
const rootLine: News = { kind: "root", list: 0, lane0: 90, lane1: 10, root, round };
const keyLine: News = {
  kind: "key",
  list: 0,
  round,
  signature,
  key: keyOf({ saleId, list: 0, root, chainHash: chain.hash, round, signature }),
};
const binding = (count: number, place: number, late: string[] = []): News => ({
  kind: "orders",
  count,
  place,
  root,
  late: late.map((digits) => digits.repeat(32)),
});
const became = (count: number, changed: string[] = [], pasts = ["1 confirmed"]): News => ({
  kind: "units",
  count,
  unitsLeft: count,
  changed: changed.flatMap((digits) => pasts.map((past) => `${digits.repeat(32)} ${past}`)),
  root,
});
const joining = (isOpen: boolean): News => ({ kind: "joining", isOpen, role: "operator" });
const rank = (part: string, lane: 0 | 1 = 0) => rankOf(0, lane, part.padEnd(64, "0"));
const step = (number: number, after: string, upTo: string, more = {}): News => ({
  kind: "step",
  step: number,
  after,
  upTo,
  quantityAtMost: 100,
  people: 5,
  lapsedSteps: 0,
  holdsFromMs: startsAtMs + number * 1_000,
  ...more,
});

type Told = readonly [News, number];
const drawn: readonly Told[] = [
  [rules, startsAtMs - 900_000],
  [settings, startsAtMs - 900_000],
  [closing, startsAtMs - 120_000],
  [rootLine, rootAtMs],
  [keyLine, startsAtMs - 29_000],
];
const at = startsAtMs - 3_000;

/** A log that somebody kept, and its state. */
function tell(...lines: readonly Told[]) {
  const texts: string[] = [];
  let state = noLine;
  for (const [news, nowMs] of lines) {
    const next = nextLine(saleId, state, news, nowMs);
    texts.push(next.text);
    state = next.state;
  }
  return { texts, state };
}

describe("a log", () => {
  test("is read back to the state in which it was written, whichever part of it one had", () => {
    const { texts, state } = tell(
      ...drawn,
      [step(1, "", rank("3")), at],
      [step(2, rank("3"), rank("5")), at + 1_000],
    );
    expect(readLines(saleId, noLine, texts)).toEqual(state);
    expect(readLines(saleId, readLines(saleId, noLine, texts.slice(0, 3)), texts.slice(3))).toEqual(state);
    expect(texts.map((text) => parseLine(text).prev).slice(1)).toEqual(texts.slice(0, -1).map(hashOfLine));
  });

  test("is closed to newcomers after the list that is open, and opened again", () => {
    const early = tell(...drawn.slice(0, 2), [joining(false), startsAtMs - 800_000]).state;
    expect(mayJoin(early, "waiting_room"), "list 0 is open until its time").toBe(true);
    const { state } = tell(...drawn, [joining(false), at]);
    expect([state.lastList, mayJoin(state, "waiting_room")]).toEqual([1, false]);
    expect(isClosingDue(state, at), "at once, if anybody is in it").toBe(true);
    const done = nextLine(saleId, state, { kind: "closing", list: 1 }, at).state;
    expect(isClosingDue(done, at + 3_600_000)).toBe(false);
    expect(() => nextLine(saleId, done, { kind: "closing", list: 2 }, at)).toThrow("closed to newcomers");
    const again = nextLine(saleId, done, joining(true), at).state;
    expect(mayJoin(again, "waiting_room")).toBe(true);
  });

  test("says from when a change holds", () => {
    const { state } = tell(...drawn, [step(1, "", rank("3")), at]);
    const after = (news: News) => nextLine(saleId, state, news, at + 500).state;
    const paused = after({ kind: "settings", ...pace, isPaused: true, role: "admin" });
    expect(changeHeldFromMs(state)).toBeNull();
    expect(paused.lastChange).toMatchObject({ what: "pause", role: "admin" });
    expect(changeHeldFromMs(paused), "turns that were announced still begin").toBe(startsAtMs + 1_000);
    const changed = after({ kind: "settings", ...pace, message: "Back soon", role: "operator" });
    expect([changed.lastChange?.what, changeHeldFromMs(changed)]).toEqual(["message", at + 1_500]);
    const faster = after({ kind: "settings", ...pace, admissionsPerSecond: 20, role: "operator" });
    expect([faster.lastChange?.what, changeHeldFromMs(faster)]).toEqual(["pace", null]);
    const stepped = nextLine(saleId, faster, step(2, rank("3"), rank("5")), at + 1_000).state;
    expect(changeHeldFromMs(stepped)).toBe(startsAtMs + 2_000);
  });

  test("an entry that no step takes is passed over once the line is past it; in a draw as soon as winners are told", () => {
    const before = tell(...drawn).state;
    const { state } = tell(...drawn, [step(1, "", rank("3")), at]);
    const asDraw = { rules: { ...state.rules!, mode: "draw" as const } };
    expect([isPassedOver(state, rank("2")), isPassedOver(state, rank("4"))]).toEqual([true, false]);
    expect(isPassedOver({ ...state, ...asDraw }, rank("4"))).toBe(true);
    expect(isPassedOver({ ...before, ...asDraw }, rank("4"))).toBe(false);
  });

  test("opens the next list with each one that closes", () => {
    expect(openList(noLine)).toBe(0);
    expect(openList(tell(...drawn).state)).toBe(1);
  });

  test("never lets its clock fall", () => {
    const { texts } = tell([rules, 2_000], [settings, 1_000]);
    expect(texts.map((text) => parseLine(text).atMs)).toEqual([2_000, 2_000]);
  });

  test("a text that was changed, dropped or moved is found", () => {
    const { texts } = tell(...drawn);
    const changed = texts.with(1, texts[1]!.replace('"mostInside":50', '"mostInside":51'));
    const dropped = texts.filter((_, i) => i !== 2);
    const moved = [texts[0]!, texts[2]!, texts[1]!, ...texts.slice(3)];
    for (const wrong of [changed, dropped, moved])
      expect(() => readLines(saleId, noLine, wrong)).toThrow(LogBroken);
  });
});

describe("a line that breaks a law is refused", () => {
  const first = [step(1, "", rank("3")), at] as const;
  test.each<[string, readonly Told[], News, number?]>([
    ["no rules at first", [], settings],
    ["rules of another mode", drawn.slice(0, 2), { ...rules, mode: "draw", resultAtMs: startsAtMs }],
    ["another chain", drawn.slice(0, 2), { ...rules, chain: { ...chain, periodMs: 4_000 } }],
    ["rules after list 0 has closed", drawn.slice(0, 3), { ...rules, startsAtMs: startsAtMs + 1 }],
    ["a list closed twice", drawn, closing],
    ["a root of a list that is open", drawn.slice(0, 2), rootLine, rootAtMs],
    ["a second root", drawn.slice(0, 4), rootLine, rootAtMs],
    ["another round", drawn.slice(0, 3), { ...rootLine, round: round + 1 }, rootAtMs],
    ["a key without a root", drawn.slice(0, 3), keyLine],
    ["a key of another signature", drawn.slice(0, 4), { ...keyLine, signature: "ce".repeat(48) }],
    ["a second key", drawn, keyLine],
    ["a step before the key", drawn.slice(0, 4), step(1, "", rank("3"))],
    ["a step that leaves people out", [...drawn, first], step(2, rank("4"), rank("5"))],
    ["a step that goes back", [...drawn, first], step(2, rank("2"), rank("5"))],
    ["an empty step", [...drawn, first], step(2, rank("3"), rank("3"))],
    ["a step left out", [...drawn, first], step(3, rank("3"), rank("5"))],
    ["a step that holds at once", drawn, step(1, "", rank("3"), { holdsFromMs: at + 2_999 }), at],
    [
      "a lapse before the step is there",
      [...drawn, first],
      step(2, rank("3"), rank("5"), { lapsedSteps: 2 }),
    ],
    ["a withdrawal from an open list", drawn, { kind: "withdrawn", list: 1, leaf: root }],
    ["a step after the end", [...drawn, [{ kind: "end", reason: "sold_out" }, at]], step(1, "", rank("3"))],
    ["a line that goes on and has not ended", drawn, { kind: "reopened", units: 1 }],
    ["another version", drawn.slice(0, 2), { ...rules, version: 1 }],
    ["orders bound by a log of version 1", [[{ ...rules, version: 1 }, 0], ...drawn.slice(1)], binding(1, 1)],
    ["no order bound anew", [...drawn, [binding(2, 4), at]], binding(2, 5)],
    ["a place that falls", [...drawn, [binding(2, 4), at]], binding(3, 3)],
    ["more late orders than new ones", [...drawn, [binding(2, 4), at]], binding(3, 4, ["aa", "bb"])],
    [
      "what became of orders, by a log of version 2",
      [[{ ...rules, version: 2 }, 0], ...drawn.slice(1), [binding(2, 4), at]],
      became(2),
    ],
    ["what became of orders that are not bound", drawn, became(0)],
    ["what became of fewer orders than are bound", [...drawn, [binding(2, 4), at]], became(1)],
    ["what became of orders, with nothing new", [...drawn, [binding(2, 4), at], [became(2), at]], became(2)],
    ["a first line with changes", [...drawn, [binding(2, 4), at]], became(2, ["aa"])],
    ["changes out of order", [...drawn, [binding(2, 4), at], [became(2), at]], became(2, ["bb", "aa"])],
    [
      "an order twice in one change",
      [...drawn, [binding(2, 4), at], [became(2), at]],
      became(2, ["aa"], ["0 returned", "1 confirmed"]),
    ],
    [
      "an order that was not decided",
      [...drawn, [binding(2, 4), at], [became(2), at]],
      became(2, ["aa"], ["1 placed"]),
    ],
    ["an opening to newcomers of a line that is open", drawn, joining(true)],
    ["a second closing to newcomers", [...drawn, [joining(false), at]], joining(false)],
    ["late orders out of order", [...drawn, [binding(2, 4), at]], binding(4, 4, ["bb", "aa"])],
    [
      "a second end",
      [...drawn, [{ kind: "end", reason: "sold_out" }, at]],
      { kind: "end", reason: "sold_out" },
    ],
  ])("%s", (_what, lines, news, nowMs = startsAtMs - 1_000) => {
    const { state } = tell(...lines);
    expect(() => nextLine(saleId, state, news, nowMs)).toThrow(LogBroken);
  });

  test("orders may be bound after the end, and late ones with them", () => {
    const { state } = tell(
      ...drawn,
      [binding(2, 4), at],
      [{ kind: "end", reason: "ended" }, at],
      [binding(4, 5, ["aa"]), at],
    );
    expect(state).toMatchObject({ end: "ended", bound: { count: 4, place: 5, root, roots: [root, root] } });
  });

  test("what lapsed stays lapsed, from the first instant that was told", () => {
    const { state } = tell(
      ...drawn,
      [step(1, "", rank("3")), at],
      [{ kind: "lapse", lapsedSteps: 1, holdsFromMs: startsAtMs + 400_000 }, startsAtMs + 390_000],
      [
        step(2, rank("3"), rank("5"), { lapsedSteps: 1, holdsFromMs: startsAtMs + 500_000 }),
        startsAtMs + 390_000,
      ],
    );
    expect(state.steps.map(({ lapsesAtMs }) => lapsesAtMs)).toEqual([startsAtMs + 400_000, null]);
    expect(liveSteps(state).map((live) => live.step)).toEqual([2]);
    const fewer = step(3, rank("5"), rank("6"), { holdsFromMs: startsAtMs + 600_000 });
    expect(() => nextLine(saleId, state, fewer, startsAtMs)).toThrow("lapsedSteps falls");
  });

  test.each(["sold_out", "ended"] as const)("after %s the line goes on where it was", (reason) => {
    const { state } = tell(
      ...drawn,
      [step(1, "", rank("3")), at],
      [{ kind: "end", reason }, at],
      [{ kind: "reopened", units: 2 }, at],
    );
    expect(state).toMatchObject({ end: null, upTo: rank("3") });
    expect(nextLine(saleId, state, step(2, rank("3"), rank("5")), at).state.steps).toHaveLength(2);
  });

  test("a draw may go back, for a second chance, and no further on with it", () => {
    const draw: News = { ...rules, mode: "draw", resultAtMs: startsAtMs - 30_000 };
    const { state } = tell([draw, 0], ...drawn.slice(1), [step(1, "", rank("3")), at]);
    expect(nextLine(saleId, state, step(2, rank("1"), rank("2")), at).state.upTo).toBe(rank("3"));
    expect(() => nextLine(saleId, state, step(2, rank("1"), rank("4")), at)).toThrow(LogBroken);
  });
});

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
  const { state } = tell(...drawn, [step(1, "", rank("3")), at], [step(2, rank("3"), rank("5")), at]);
  test("is in the step whose range has the rank and whose quantity fits", () => {
    expect(stepOf(state, { rank: rank("3"), quantity: 1 })?.step).toBe(1);
    expect(stepOf(state, { rank: rank("31"), quantity: 1 })?.step).toBe(2);
    expect(stepOf(state, { rank: rank("51"), quantity: 1 })).toBeUndefined();
    expect(stepOf(state, { rank: rank("1", 1), quantity: 1 })).toBeUndefined();
    expect(stepOf(state, { rank: rank("3"), quantity: 101 })).toBeUndefined();
  });
});

describe("the pace", () => {
  const steps = tell(...drawn, [step(1, "", rank("3"), { people: 25 }), at]).state.steps;
  const base = { pace, steps: [], holdsFromMs: startsAtMs, inside: 0, available: 100 };

  test.each([
    ["three seconds' worth at once", {}, 30],
    ["less what the last three seconds had", { steps, holdsFromMs: startsAtMs + 2_000 }, 5],
    ["all of it again after three", { steps, holdsFromMs: startsAtMs + 4_000 }, 30],
    ["no more inside than may be", { inside: 45 }, 5],
    ["nobody while more are inside than may be, after the cap was lowered", { inside: 60 }, 0],
    ["half as many more than there are units", { available: 4 }, 6],
    ["less who is inside already", { available: 4, inside: 5 }, 1],
    ["nobody without units", { available: 0 }, 0],
    ["nobody while paused", { pace: { ...pace, isPaused: true } }, 0],
  ])("lets in %s", (_what, room, people) => {
    expect(peopleToAdmit({ ...base, ...room })).toBe(people);
  });

  test("of half a person a second lets one in each two seconds", () => {
    expect(bucketLeft([], startsAtMs, 0.5)).toBe(1.5);
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
    const { state } = tell(...drawn, [step(1, "", rank("4")), at]);
    const [first] = state.steps;
    expect(earliestLapse(state, 0)).toBe(0);
    expect(earliestLapse(state, 1)).toBe(first!.holdsFromMs + (state.rules!.turnSeconds + 5) * 1_000);
  });

  test("and until that holds somebody may still buy in it", () => {
    const { state } = tell(...drawn, [step(1, "", rank("4")), at]);
    const [first] = state.steps;
    const lapsing = { ...state, steps: [{ ...first!, lapsesAtMs: 9_000 }] };
    expect(unlapsedSteps(state, Infinity)).toHaveLength(1);
    expect(unlapsedSteps(lapsing, 8_999)).toHaveLength(1);
    expect(unlapsedSteps(lapsing, 9_000)).toEqual([]);
  });
});

describe("the estimate", () => {
  const { state } = tell(...drawn, [step(1, "", rank("4")), at]);
  const facts = { nowMs: startsAtMs, inside: 0, available: 100 };

  test("counts those ahead by how lots are spread", () => {
    // 90 in lane 0: a quarter of them up to 4…, half up to 8….
    expect(estimateWait(state, rank("8"), facts)).toMatchObject({ ahead: 22, why: "pace" });
    expect(estimateWait(state, rank("8", 1), facts).ahead).toBe(72);
    expect(estimateWait(state, rank("2"), facts).ahead).toBe(0);
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
});

describe("a line for what comes back to an open sale", () => {
  const sinceMs = startsAtMs + 600_000;
  const open = { saleId, mode: { kind: "open" }, startsAtMs, purchaseLimit: 4, allocated: 100 } as const;
  const begun = { ...open, mode: { kind: "open", returnsSince: new Date(sinceMs).toISOString() } } as const;

  test("there is none before somebody waits; then its first list closes half a minute later, each turn for one unit", () => {
    expect(rulesOf(open, chain)).toBeNull();
    const made = rulesOf(begun, chain)!;
    expect(made).toMatchObject({ mode: "returns", purchaseLimit: 1, closesAtMs: sinceMs + 30_000 });
    const state = tell([made, sinceMs + 1_000]).state;
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
