import { expect, it } from "vitest";
import { catalogue } from "../catalogue/catalogue.ts";
import { planChaos } from "./plan-chaos.ts";

const SECONDS = 300;

it("gives the same plan for the same seed, and another for another", () => {
  expect(planChaos(7, SECONDS)).toEqual(planChaos(7, SECONDS));
  expect(planChaos(7, SECONDS)).not.toEqual(planChaos(8, SECONDS));
});

it("strikes in order, within the run, with a quiet end", () => {
  const times = planChaos(7, SECONDS).map((step) => step.atMs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.length).toBeGreaterThan(20);
  expect(times.at(-1)).toBeLessThan(0.85 * SECONDS * 1000);
});

it("takes only faults that can strike at any time, and all of them in the long run", () => {
  const chaotic = catalogue.filter((fault) => fault.isChaotic).map((fault) => fault.name);
  const planned = new Set(planChaos(1, 100 * SECONDS).map((step) => step.fault));
  expect([...planned].sort()).toEqual([...chaotic].sort());
});
