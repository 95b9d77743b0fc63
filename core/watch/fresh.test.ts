import { expect, test } from "vitest";
import type { Clock } from "../clock.ts";
import { createFresh, FRESH_MS } from "./fresh.ts";

/** A clock that the test moves, and readings that it ends. */
function reader() {
  let nowMs = 0;
  const clock: Clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
  const readings: PromiseWithResolvers<string>[] = [];
  const get = createFresh((_key: string) => {
    const reading = Promise.withResolvers<string>();
    readings.push(reading);
    return reading.promise;
  }, clock);
  return { get, readings, wait: (ms: number) => void (nowMs += ms) };
}

test("however many ask, one reading is under way, and all are told what it brought", async () => {
  const { get, readings } = reader();
  const asked = Promise.all(Array.from({ length: 50 }, () => get("a")));
  expect(readings).toHaveLength(1);
  readings[0]!.resolve("first");
  expect(new Set(await asked)).toEqual(new Set(["first"]));
});

test("what was read is told for a second after its reading began, however long the reading took", async () => {
  const { get, readings, wait } = reader();
  const asked = get("a");
  wait(600);
  readings[0]!.resolve("first");
  await asked;
  wait(FRESH_MS - 601);
  expect(await get("a")).toBe("first");
  wait(1);
  const again = get("a");
  expect(readings).toHaveLength(2);
  readings[1]!.resolve("second");
  expect(await again).toBe("second");
});

test("a store that fails makes no answer: those who waited are told, and nothing older is told instead", async () => {
  const { get, readings, wait } = reader();
  const first = get("a");
  readings[0]!.resolve("first");
  await first;
  wait(FRESH_MS);
  const late = Promise.allSettled([get("a"), get("a")]);
  readings[1]!.reject(new Error("silent"));
  expect(await late).toMatchObject([{ status: "rejected" }, { status: "rejected" }]);
  const next = get("a");
  expect(readings).toHaveLength(3);
  readings[2]!.resolve("third");
  expect(await next).toBe("third");
});

test("each key is read by itself", async () => {
  const { get, readings } = reader();
  const both = Promise.all([get("a"), get("b")]);
  readings[0]!.resolve("of a");
  readings[1]!.resolve("of b");
  expect(await both).toEqual(["of a", "of b"]);
});
