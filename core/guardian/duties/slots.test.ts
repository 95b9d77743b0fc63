import { expect, test } from "vitest";
import { createSlots } from "./slots.ts";

test("so many pieces of work go on at once; who waits comes next, who does not leaves", async () => {
  const slots = createSlots(2);
  const works = Array.from({ length: 3 }, () => Promise.withResolvers<number>());
  const begun: number[] = [];
  const runs = works.map(({ promise }, index) => slots.run(() => (begun.push(index), promise), "wait"));
  expect(begun).toEqual([0, 1]);
  expect(await slots.run(async () => 9, "leave")).toBeNull();
  works[0]!.reject(new Error("failed"));
  await expect(runs[0]).rejects.toThrow("failed");
  expect(begun).toEqual([0, 1, 2]);
  works[1]!.resolve(1);
  works[2]!.resolve(2);
  expect(await Promise.all(runs.slice(1))).toEqual([{ done: 1 }, { done: 2 }]);
  expect(await slots.run(async () => 9, "leave")).toEqual({ done: 9 });
});
