import { describe, expect, test } from "vitest";
import type { LineMode } from "../contract/sale-mode.ts";
import { changeHeldFromMs } from "./change-held.ts";
import { isClosingDue } from "./due-lists.ts";
import {
  at,
  became,
  binding,
  chain,
  closing,
  type DatedNews,
  drawn,
  joining,
  keyLine,
  pace,
  rank,
  root,
  rootAtMs,
  rootLine,
  round,
  rules,
  saleId,
  settings,
  startsAtMs,
  step,
  writeLog,
} from "./kept-log.fixture.ts";
import { liveSteps, mayJoin, noLine, openList } from "./line-state.ts";
import { hashOfLine, type News, parseLine } from "./log-line.ts";
import { LogBroken, nextLine, readLines } from "./read-log.ts";
import { isPassedOver } from "./turn.ts";

const allocation = (allocated: number): News => ({ kind: "allocation", allocated, role: "operator" });
/** Whether two entries are passed over, one within the first step and one behind it. */
const said = (mode: LineMode, ...news: News[]) => {
  const { state } = writeLog(...drawn, ...news.map((line): DatedNews => [line, at]));
  const asMode = { ...state, rules: { ...state.rules!, mode } };
  return [isPassedOver(asMode, rank("2")), isPassedOver(asMode, rank("4"))];
};

describe("a log", () => {
  test("is read back to the state in which it was written, whichever part of it one had", () => {
    const { texts, state } = writeLog(
      ...drawn,
      [step(1, "", rank("3")), at],
      [step(2, rank("3"), rank("5")), at + 1_000],
    );
    expect(readLines(saleId, noLine, texts)).toEqual(state);
    expect(readLines(saleId, readLines(saleId, noLine, texts.slice(0, 3)), texts.slice(3))).toEqual(state);
    expect(texts.map((text) => parseLine(text).prev).slice(1)).toEqual(texts.slice(0, -1).map(hashOfLine));
  });

  test("is closed to newcomers after the list that is open, and opened again", () => {
    const early = writeLog(...drawn.slice(0, 2), [joining(false), startsAtMs - 800_000]).state;
    expect(mayJoin(early, "waiting_room"), "list 0 is open until its time").toBe(true);
    const { state } = writeLog(...drawn, [joining(false), at]);
    expect([state.lastList, mayJoin(state, "waiting_room")]).toEqual([1, false]);
    expect(isClosingDue(state, at), "at once, if anybody is in it").toBe(true);
    const done = nextLine(saleId, state, { kind: "closing", list: 1 }, at).state;
    expect(isClosingDue(done, at + 3_600_000)).toBe(false);
    expect(() => nextLine(saleId, done, { kind: "closing", list: 2 }, at)).toThrow("closed to newcomers");
    const again = nextLine(saleId, done, joining(true), at).state;
    expect(mayJoin(again, "waiting_room")).toBe(true);
  });

  test("says from when a change holds", () => {
    const { state } = writeLog(...drawn, [step(1, "", rank("3")), at]);
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

  test("an entry that no step takes is passed over once the line is past it; in a draw, once its first pass is whole", () => {
    const first = step(1, "", rank("3"));
    expect(said("waiting_room", first, allocation(100))).toEqual([true, false]);
    expect(said("draw", first)).toEqual([true, false]);
    expect(said("draw", first, allocation(90)), "units are taken off").toEqual([true, false]);
    expect(said("draw", allocation(100)), "before there is a winner").toEqual([false, false]);
    expect(said("draw", first, step(2, rank("3"), rank("35")), allocation(100))).toEqual([true, true]);
    expect(said("draw", first, allocation(100), allocation(101)), "units are added").toEqual([true, true]);
  });

  test("opens the next list with each one that closes", () => {
    expect(openList(noLine)).toBe(0);
    expect(openList(writeLog(...drawn).state)).toBe(1);
  });

  test("never lets its clock fall", () => {
    const { texts } = writeLog([rules, 2_000], [settings, 1_000]);
    expect(texts.map((text) => parseLine(text).atMs)).toEqual([2_000, 2_000]);
  });

  test("a text that was changed, dropped or moved is found", () => {
    const { texts } = writeLog(...drawn);
    const changed = texts.with(1, texts[1]!.replace('"mostInside":50', '"mostInside":51'));
    const dropped = texts.filter((_, i) => i !== 2);
    const moved = [texts[0]!, texts[2]!, texts[1]!, ...texts.slice(3)];
    for (const wrong of [changed, dropped, moved])
      expect(() => readLines(saleId, noLine, wrong)).toThrow(LogBroken);
  });
});

describe("a line that breaks a law is refused", () => {
  const first = [step(1, "", rank("3")), at] as const;
  test.each<[string, readonly DatedNews[], News, number?]>([
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
    const { state } = writeLog(...lines);
    expect(() => nextLine(saleId, state, news, nowMs)).toThrow(LogBroken);
  });

  test("orders may be bound after the end, and late ones with them", () => {
    const { state } = writeLog(
      ...drawn,
      [binding(2, 4), at],
      [{ kind: "end", reason: "ended" }, at],
      [binding(4, 5, ["aa"]), at],
    );
    expect(state).toMatchObject({ end: "ended", bound: { count: 4, place: 5, root, roots: [root, root] } });
  });

  test("what lapsed stays lapsed, from the first instant that was told", () => {
    const { state } = writeLog(
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
    const { state } = writeLog(
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
    const { state } = writeLog([draw, 0], ...drawn.slice(1), [step(1, "", rank("3")), at]);
    expect(nextLine(saleId, state, step(2, rank("1"), rank("2")), at).state.upTo).toBe(rank("3"));
    expect(() => nextLine(saleId, state, step(2, rank("1"), rank("4")), at)).toThrow(LogBroken);
  });
});
