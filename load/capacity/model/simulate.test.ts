import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asDeployed, awsStage, planFor } from "../plan.ts";
import { readServiceTimes, STORED } from "../service-times.ts";
import { localStage } from "./local-stage.ts";
import type { Outcome } from "./outcome.ts";
import { simulate } from "./simulate.ts";
import type { Arrivals, Scenario } from "./stage.ts";

const times = readServiceTimes(STORED);
const aws = awsStage(asDeployed, times);
const open: Arrivals = { mode: "open", pollAfterMs: 1_000 };
const line = { admissionsPerSecond: 50, mostInside: 1_000, turnSeconds: 20, shareWhoBuy: 0.9 };
const room: Arrivals = { mode: "waiting_room", ...line };
const draw: Arrivals = { mode: "draw", ...line };
const crowd: Arrivals = { mode: "connections", connections: 64 };
const sale = (more: Partial<Scenario> = {}): Scenario => ({
  crowd: 3_000,
  units: 300,
  seed: 1,
  arrivals: open,
  ...more,
});

const peopleOf = ({ accepted, refused, told, lapsed, stillTrying }: Outcome) =>
  accepted + refused + told + lapsed + stillTrying;

describe("a sale", () => {
  it.each([open, room, draw])("loses nobody and sells no unit twice, $mode", (arrivals) => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.integer({ min: 1, max: 500 }), fc.nat(1_000), (people, units, seed) => {
        const outcome = simulate({ crowd: people, units, seed, arrivals }, aws);
        expect(peopleOf(outcome)).toBe(people);
        expect(outcome.accepted).toBeLessThanOrEqual(Math.min(people, units));
        expect(outcome.stillTrying).toBe(0);
        expect(outcome.soldOutMs === null).toBe(outcome.accepted < units);
        expect(outcome.soldOutMs ?? 0).toBeLessThanOrEqual(outcome.everybodyKnowsMs ?? 0);
      }),
      // The second came of instants that were rounded on one side.
      {
        numRuns: 8,
        examples: [
          [3, 2, 1],
          [9, 9, 539],
        ],
      },
    );
  });

  it.each([open, room, draw])("is the same for the same seed, and another for another, $mode", (arrivals) => {
    const run = (seed: number) => simulate(sale({ arrivals, seed }), aws);
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
  });

  it("sells out exactly if enough people want one", () => {
    expect(simulate(sale(), aws)).toMatchObject({ accepted: 300, stillTrying: 0 });
  });

  it("turns away no fewer where there are fewer environments", () => {
    const turnedAway = [20, 50, 100, 400].map((most) => {
      const environments = { ...aws.environments!, warm: most, most };
      return simulate(sale(), { ...aws, environments }).turnedAway["environments"] ?? 0;
    });
    expect(turnedAway).toEqual(turnedAway.toSorted((a, b) => b - a));
    expect(turnedAway[0]).toBeGreaterThan(0);
  });

  it("is over sooner with more parts of the ledger, where those are what is short", () => {
    const slow = { ...aws.ledger, putMs: 20 };
    const [onePart, fourParts] = [1, 4].map((parts) =>
      simulate(sale(), { ...aws, ledger: { ...slow, parts } }),
    );
    expect(fourParts!.soldOutMs).toBeLessThan(onePart!.soldOutMs!);
  });

  it("never lets more through than the throttle has", () => {
    const throttle = { perSecond: 100, burst: 50 };
    const { soldOutMs, most } = simulate(sale({ crowd: 2_000, units: 2_000 }), { ...aws, throttle });
    expect(soldOutMs).toBeGreaterThan(((2_000 - 50) / 100) * 1000);
    expect(most.gate).toBeLessThanOrEqual(150);
  });

  it("gets no more environments than may start in the time", () => {
    const environments = { ...aws.environments!, warm: 0, startsPerSecond: 5, startsAtOnce: 5 };
    const { everybodyKnowsMs, environments: seen } = simulate(sale(), { ...aws, environments });
    expect(seen.coldStarts).toBeGreaterThan(5);
    expect(seen.coldStarts).toBeLessThanOrEqual(5 + (5 * everybodyKnowsMs!) / 1000);
  });
});

it("a draw gives no turn that it could not keep", () => {
  const everybody: Arrivals = { ...draw, mode: "draw", shareWhoBuy: 1 };
  expect(simulate(sale({ arrivals: everybody }), aws)).toMatchObject({
    accepted: 300,
    refused: 0,
    lapsed: 0,
  });
});

it("a line goes at its pace", () => {
  const { soldOutMs } = simulate(sale({ arrivals: { ...room, shareWhoBuy: 1 } as Arrivals }), aws);
  expect(soldOutMs).toBeGreaterThan((300 / 50) * 1000);
  expect(soldOutMs).toBeLessThan((300 / 50 + 10) * 1000);
});

it("a local crowd takes what its busiest thread takes, and longer on fewer cores", () => {
  const runs = [2, 1, 0.5].map((cores) =>
    simulate(sale({ arrivals: crowd }), localStage(times.local, cores)),
  );
  const [twoCores, oneCore, halfCore] = runs.map(({ soldOutMs }) => soldOutMs!);
  expect(twoCores).toBeGreaterThan(300 * times.local.accepted.api);
  expect(twoCores).toBeLessThan(300 * times.local.accepted.api * 1.5);
  expect(oneCore).toBeGreaterThan(1.2 * twoCores!);
  expect(halfCore).toBeGreaterThan(1.8 * oneCore!);
});

it("more is provisioned for more attempts, and nothing for few", () => {
  expect(planFor(500)).toBe(asDeployed);
  const [some, more] = [planFor(2_000), planFor(20_000)];
  for (const key of ["warm", "concurrency", "apiPerSecond", "ledgerWrites"] as const)
    expect([key, more[key] >= some[key] && some[key] >= asDeployed[key]]).toEqual([key, true]);
});
