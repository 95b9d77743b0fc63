import { expect, test } from "vitest";
import type { SaleId } from "../ids.ts";
import { createLineMemory } from "./line-memory.ts";
import { type LineState, noLine } from "./line-state.ts";

const saleOf = (n: number) => `sale_${String(n).padStart(26, "0")}` as SaleId;
const LONG: LineState = { ...noLine, lines: 5_000 };

test("a line that people wait in is not forgotten for sales that somebody makes up", async () => {
  let nowMs = 0;
  const readFrom: number[] = [];
  const sale = saleOf(0);
  const read = async (saleId: SaleId, known: LineState) => {
    if (saleId !== sale) return noLine;
    readFrom.push(known.lines);
    return LONG;
  };
  const memory = createLineMemory(read, { nowMs: () => nowMs, monotonicMs: () => nowMs });
  for (let second = 0; second < 3; second++) {
    await memory.lineOf(sale);
    for (let i = 1; i <= 500; i++) await memory.lineOf(saleOf(second * 1_000 + i));
    nowMs += 1_001;
  }
  expect(readFrom).toEqual([0, 5_000, 5_000]);
});

test("of too many lines the one that was asked for longest ago is forgotten", async () => {
  let nowMs = 0;
  const readFrom: number[] = [];
  const read = async (saleId: SaleId, known: LineState) => {
    if (saleId === saleOf(0)) readFrom.push(known.lines);
    return LONG;
  };
  const memory = createLineMemory(read, { nowMs: () => nowMs, monotonicMs: () => nowMs });
  for (let i = 0; i < 200; i++) await memory.lineOf(saleOf(i));
  nowMs = 1_001;
  await memory.lineOf(saleOf(0));
  await memory.lineOf(saleOf(200));
  nowMs = 2_002;
  await memory.lineOf(saleOf(0));
  for (let i = 201; i < 401; i++) await memory.lineOf(saleOf(i));
  nowMs = 3_003;
  await memory.lineOf(saleOf(0));
  expect(readFrom).toEqual([0, 5_000, 5_000, 0]);
});

const saleId = "sale_1" as SaleId;

/** A log that grows by a line with each reading, and a clock that the test moves. */
function remembering() {
  let nowMs = 0;
  const memory = createLineMemory(
    async (_, known): Promise<LineState> => ({ ...known, lines: known.lines + 1 }),
    { nowMs: () => nowMs, monotonicMs: () => nowMs },
  );
  const linesOf = async (how: "lineOf" | "readAnew") =>
    (await memory[how](saleId)).state.lines - noLine.lines;
  return { linesOf, wait: (ms: number) => void (nowMs += ms) };
}

test("whoever asks within a second is told what was read, and one reading serves all who ask at once", async () => {
  const { linesOf, wait } = remembering();
  expect(await Promise.all([linesOf("lineOf"), linesOf("lineOf")])).toEqual([1, 1]);
  wait(999);
  expect(await linesOf("lineOf")).toBe(1);
  wait(1);
  expect(await linesOf("lineOf")).toBe(2);
});

test("read anew, it is what the log has now, from what is known on; and all who ask afterwards are told that", async () => {
  const { linesOf, wait } = remembering();
  await linesOf("lineOf");
  wait(999);
  expect(await linesOf("readAnew")).toBe(2);
  wait(999);
  expect(await linesOf("lineOf")).toBe(2);
});
