import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TimeLimit } from "./time-limit.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

const late: string[] = [];
const limitOf = (ms: number) => {
  late.length = 0;
  const limit = new TimeLimit(ms);
  return { limit, begin: (name: string) => limit.begin(() => late.push(name)) };
};

test("each run is late when its own time is over, and is told once", () => {
  const { begin } = limitOf(100);
  begin("first");
  vi.advanceTimersByTime(60);
  begin("second");
  vi.advanceTimersByTime(39);
  expect(late).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(late).toEqual(["first"]);
  vi.advanceTimersByTime(60);
  expect(late).toEqual(["first", "second"]);
  vi.advanceTimersByTime(1_000);
  expect(late).toEqual(["first", "second"]);
});

test("a run that ended in time is not late", () => {
  const { limit, begin } = limitOf(100);
  const run = begin("ended");
  begin("late");
  limit.end(run);
  vi.advanceTimersByTime(100);
  expect(late).toEqual(["late"]);
});

test("however many runs there are, one timer waits; when none is left, none does", () => {
  const { limit, begin } = limitOf(100);
  const runs = Array.from({ length: 50 }, (_, index) => begin(String(index)));
  expect(vi.getTimerCount()).toBe(1);
  for (const run of runs) limit.end(run);
  vi.advanceTimersByTime(100);
  expect(vi.getTimerCount()).toBe(0);
  begin("next");
  expect(vi.getTimerCount()).toBe(1);
});

test("after a stop nobody is late", () => {
  const { limit, begin } = limitOf(100);
  begin("left");
  limit.stop();
  vi.advanceTimersByTime(1_000);
  expect(late).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
