import { describe, expect, test } from "vitest";
import { pace, startsAtMs } from "./kept-log.fixture.ts";
import type { Step } from "./line-state.ts";
import { peopleToAdmit } from "./pace.ts";

const BEGIN_MS = startsAtMs;
const stepOf = (step: number, holdsFromMs: number, people: number): Step => ({
  step,
  after: "",
  upTo: "",
  quantityAtMost: 255,
  people,
  holdsFromMs,
  lapsesAtMs: null,
});

/** Whom a guardian lets in that looks after each of these waits, in seconds, at the pace that holds then. */
function admittedBy(
  waits: readonly number[],
  paceAt: (look: number) => number,
  mostInside = 1_000_000,
): number[] {
  const steps: Step[] = [];
  let holdsFromMs = BEGIN_MS;
  return waits.map((seconds, look) => {
    holdsFromMs += Math.round(seconds * 1_000);
    const people = peopleToAdmit({
      pace: { ...pace, admissionsPerSecond: paceAt(look), mostInside },
      steps,
      holdsFromMs,
      inside: 0,
      available: 1_000_000,
    });
    if (people > 0) steps.push(stepOf(steps.length + 1, holdsFromMs, people));
    return people;
  });
}
const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);

/** Looks each second, and looks that come early and late by turns. */
const everySecond = Array.from({ length: 600 }, () => 1);
const unevenly = Array.from({ length: 600 }, (_, look) => [0.2, 1, 2.7, 0.9, 0.4, 1.8][look % 6]!);
const slow = [0.01, 0.05, 0.3, 1 / 3, 0.4, 0.5, 0.7];
const fast = [1, 1.3, 2.5, 10, 333.3, 5_000];

describe.each([
  ["each second", everySecond],
  ["unevenly", unevenly],
])("a guardian that looks %s", (_how, waits) => {
  test.each([...slow, ...fast])("lets in %d people a second, to the last one", (perSecond) => {
    const begun = Math.max(1, perSecond * 3);
    const seconds = sum(waits.slice(1));
    const people = sum(admittedBy(waits, () => perSecond));
    expect(people).toBe(Math.floor(begun + perSecond * seconds + 1e-6));
  });

  test.each([...slow, ...fast])(
    "and at %d a second in no stretch more than its pace and three seconds' worth",
    (perSecond) => {
      const people = admittedBy(waits, () => perSecond);
      for (let from = 0; from < people.length; from += 7)
        for (let to = from; to < Math.min(people.length, from + 40); to++) {
          const most = perSecond * (sum(waits.slice(from + 1, to + 1)) + 3) + 1;
          expect(sum(people.slice(from, to + 1))).toBeLessThanOrEqual(most + 1e-6);
        }
    },
  );
});

describe("a guardian that was silent", () => {
  const silent = [...everySecond.slice(0, 60), 120, ...everySecond.slice(0, 300)];
  test.each([...slow, ...fast])(
    "makes up for three seconds at %d a second, and keeps the pace from then on",
    (perSecond) => {
      const people = admittedBy(silent, () => perSecond);
      const after = people.slice(61);
      expect(people[60]).toBeLessThanOrEqual(perSecond * 3 + 1);
      expect(Math.abs(sum(after) - perSecond * 300)).toBeLessThan(1 + 1e-6);
    },
  );
});

describe("a pace", () => {
  test("of nobody lets nobody in, and neither does a cap of nobody", () => {
    expect(sum(admittedBy(everySecond, () => 0))).toBe(0);
    expect(sum(admittedBy(everySecond, () => 10, 0))).toBe(0);
  });

  test("that is lowered holds at once: what a faster one has let in is no debt", () => {
    const people = admittedBy(everySecond, (look) => (look < 300 ? 1_000 : 0.5));
    expect(sum(people.slice(300))).toBe(150);
  });

  test("that is raised holds at once", () => {
    const people = admittedBy(everySecond, (look) => (look < 300 ? 0.5 : 10));
    expect(sum(people.slice(300, 400))).toBeGreaterThanOrEqual(1_000);
    expect(sum(people.slice(300, 400))).toBeLessThanOrEqual(1_000 + 31);
  });
});
