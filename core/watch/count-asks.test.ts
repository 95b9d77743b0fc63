import { expect, test } from "vitest";
import { countAsks } from "./count-asks.ts";
import { NO_ASKS } from "./poll-after.ts";

function counter() {
  let nowMs = 0;
  const asks = countAsks<string>({ nowMs: () => nowMs, monotonicMs: () => nowMs });
  const ask = (times: number) => {
    for (let i = 0; i < times; i++) asks.note("a");
  };
  return { ...asks, ask, wait: (ms: number) => void (nowMs += ms) };
}

test("asks are counted from one reading to the next, beside the wait that was told", () => {
  const { since, beginReading, ask, wait } = counter();
  expect(since("a")).toEqual(NO_ASKS);
  beginReading("a", 1_000);
  ask(500);
  wait(2_000);
  expect(since("a")).toEqual({ perSecond: 250, waitMs: 1_000 });
  beginReading("a", 3_000);
  expect(since("a")).toEqual({ perSecond: 0, waitMs: 3_000 });
});

test("a burst within a second counts as that second's", () => {
  const { since, beginReading, ask, wait } = counter();
  beginReading("a", 1_000);
  ask(10);
  wait(1);
  expect(since("a").perSecond).toBe(10);
});
