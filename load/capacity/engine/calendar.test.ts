import * as fc from "fast-check";
import { expect, it } from "vitest";
import { Calendar } from "./calendar.ts";

const FAR_MS = 120_000;

it("brings every event once, by time, also far ones and those that are added on the way", () => {
  const delays = fc.array(fc.double({ min: 0, max: FAR_MS, noNaN: true }), { maxLength: 200 });
  fc.assert(
    fc.property(delays, delays, (first, later) => {
      const calendar = new Calendar();
      first.forEach((delayMs, subject) => calendar.at(delayMs, 1, subject));
      const seen: number[] = [];
      const subjects = new Set<number>();
      for (let left = [...later]; calendar.next();) {
        seen.push(calendar.nowMs);
        subjects.add(calendar.subject);
        const delayMs = left.pop();
        if (delayMs !== undefined) calendar.at(calendar.nowMs + delayMs, 2, first.length + left.length);
      }
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      expect(subjects.size).toBe(first.length === 0 ? 0 : seen.length);
      expect(seen.length).toBeGreaterThanOrEqual(first.length);
    }),
    { numRuns: 60 },
  );
});
