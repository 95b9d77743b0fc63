import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPace } from "./pace.ts";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());
const clock = { nowMs: () => Date.now() };

test("the first goes at once, the others so many in a second, and nothing is saved up while nothing goes", async () => {
  const pace = createPace(4, clock);
  const atMs: number[] = [];
  const send = () => pace().then(() => void atMs.push(Date.now() - 1_000_000));
  const three = [send(), send(), send()];
  await vi.advanceTimersByTimeAsync(10_000);
  await Promise.all(three);
  const two = [send(), send()];
  await vi.advanceTimersByTimeAsync(1_000);
  await Promise.all(two);
  expect(atMs).toEqual([0, 250, 500, 10_000, 10_250]);
});
