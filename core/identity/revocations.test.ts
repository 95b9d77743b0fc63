import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createRevocations } from "./revocations.ts";

const settle = () => sleep(5);

/** A list that is read by hand, and a clock that stands until it is moved. */
function world() {
  let nowMs = 0;
  const reads: { answer: (ids: readonly string[]) => void; fail: () => void }[] = [];
  const warnings: string[] = [];
  const read = () =>
    new Promise<ReadonlySet<string>>((resolve, reject) => {
      reads.push({ answer: (ids) => resolve(new Set(ids)), fail: () => reject(new Error("silent")) });
    });
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
  const isEnded = createRevocations(read, clock, (message) => void warnings.push(message));
  return { isEnded, reads, warnings, pass: (ms: number) => void (nowMs += ms) };
}

/** A list that was read at time 0. */
async function withList(ids: readonly string[] = []) {
  const made = world();
  const first = made.isEnded("first");
  await settle();
  made.reads[0]!.answer(ids);
  await first;
  return made;
}

test("the first request waits for the list, and the ones after it ask nobody", async () => {
  const { isEnded, reads } = await withList(["gone"]);
  expect([isEnded("gone"), isEnded("there")]).toEqual([true, false]);
  expect(reads).toHaveLength(1);
});

test("after five seconds it is read in the background, once for all requests", async () => {
  const { isEnded, reads, pass } = await withList();
  pass(5_001);
  expect([isEnded("a"), isEnded("b"), isEnded("a")]).toEqual([false, false, false]);
  await settle();
  expect(reads).toHaveLength(2);
  reads[1]!.answer(["a"]);
  await settle();
  expect([isEnded("a"), isEnded("b")]).toEqual([true, false]);
});

test("after ten seconds it is waited for, so nothing that ended ten seconds ago goes through", async () => {
  const { isEnded, reads, pass } = await withList();
  pass(10_001);
  const answers = [isEnded("a"), isEnded("b")];
  await settle();
  expect(reads).toHaveLength(2);
  reads[1]!.answer(["a"]);
  expect([await answers[0], await answers[1]]).toEqual([true, false]);
});

test("a table that is silent holds the first up for a quarter of a second, and then nobody", async () => {
  const { isEnded, reads, pass } = await withList(["gone"]);
  pass(60_000);
  const startedMs = performance.now();
  expect(await isEnded("there")).toBe(false);
  expect(performance.now() - startedMs).toBeLessThan(1_000);
  pass(300);
  expect([isEnded("there"), isEnded("gone")]).toEqual([false, true]);
  pass(60_000);
  expect(isEnded("there")).toBe(false);
  await settle();
  expect(reads, "one at a time, however long it takes").toHaveLength(2);
});

test("a read that fails is told, changes nothing, and is tried again after five seconds", async () => {
  const { isEnded, reads, warnings, pass } = await withList(["gone"]);
  pass(11_000);
  const answer = isEnded("there");
  await settle();
  reads[1]!.fail();
  expect(await answer).toBe(false);
  expect(warnings).toEqual(["the list of ended sessions was not read"]);
  expect([isEnded("there"), isEnded("gone"), reads.length]).toEqual([false, true, 2]);
  pass(5_001);
  void isEnded("there");
  await settle();
  expect(reads).toHaveLength(3);
});
