import { describe, expect, test } from "vitest";
import { newBuyerId } from "../ids.ts";
import { closeList, listedEntry } from "./closed-list.ts";
import { at, drawn, rank, saleId, startsAtMs, step as stepLine, writeLog } from "./kept-log.fixture.ts";
import { rankList } from "./ranked-list.ts";
import { resultOf } from "./result.ts";
import { receiptOf } from "./ticket.ts";
import { shownUntilMs } from "./turn-end.ts";

const step = {
  step: 1,
  after: "",
  upTo: rank("4"),
  quantityAtMost: 2,
  people: 1,
  holdsFromMs: 1_000_000,
  lapsesAtMs: null,
};
const overMs = 1_300_000;
const served = (nowMs: number) => ({ nowMs, isServed: true });

describe("until when a turn is shown", () => {
  test("is its time after it holds, while the sale is served", () => {
    for (const nowMs of [0, 1_000_000, overMs, overMs + 9_999])
      expect(shownUntilMs(step, 300, served(nowMs))).toBe(overMs);
  });

  test("is not known while the sale stands still: neither does its time run", () => {
    expect(shownUntilMs(step, 300, { nowMs: 1_100_000, isServed: false })).toBeNull();
  });

  test("is not known once its time by the clock is over and it has not lapsed", () => {
    expect(shownUntilMs(step, 300, served(overMs + 10_000))).toBeNull();
  });

  test("is as it was once the turn has lapsed, whatever the sale does", () => {
    const lapsed = { ...step, lapsesAtMs: overMs + 9_000 };
    for (const isServed of [true, false])
      expect(shownUntilMs(lapsed, 300, { nowMs: overMs + 60_000, isServed })).toBe(overMs);
  });
});

describe("a draw's winner whose time by the clock is over", () => {
  const { state } = writeLog(...drawn, [stepLine(1, "", rank("f".repeat(64))), at]);
  const won = { ...state, rules: { ...state.rules!, mode: "draw" as const } };
  const person = { buyerId: newBuyerId(0), lane: 0, quantity: 1, salt: Buffer.alloc(16) } as const;
  const receipt = receiptOf(saleId, { ...person, list: 0 });
  const ranked = rankList(closeList(saleId, 0, [listedEntry(person)]), state.lists[0]!.key!.key);
  const fromMs = state.steps[0]!.holdsFromMs;
  const resultAt = (nowMs: number, hasEnded = false) => resultOf(won, ranked, receipt, { nowMs, hasEnded });

  test("has won for as long as the turn has not lapsed: the sale stood still meanwhile", () => {
    expect(fromMs).toBeGreaterThanOrEqual(startsAtMs);
    expect(resultAt(fromMs)).toMatchObject({ kind: "won", untilMs: fromMs + 300_000 });
    expect(resultAt(fromMs + 300_000)).toMatchObject({ kind: "won_before", untilMs: fromMs + 300_000 });
    expect(resultAt(fromMs + 400_000)).toMatchObject({ kind: "won", untilMs: null });
    expect(resultAt(fromMs + 400_000, true)).toMatchObject({ kind: "won_before" });
  });
});
