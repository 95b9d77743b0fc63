import { expect, test } from "vitest";
import type { SaleId } from "../ids.ts";
import { createLineMemory } from "./line-memory.ts";
import { type LineState, noLine } from "./line-state.ts";

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
