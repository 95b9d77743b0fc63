import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { startFaultCloud } from "../load/faults/fault-cloud.ts";
import type { LaunchPlan } from "../load/fairness/launch-plan.ts";
import { runGroup } from "../load/fairness/run-group.ts";

/** A tenth of them honest, so that there are enough to count; `npm run fairness` has 20,000 people and one in a hundred. */
const size = { people: 200, honestShare: 0.1, units: 30, seed: 1 };
const FOLDER = ".local/fairness/test";
const TIME_LIMIT_MS = 400_000;

mkdirSync(FOLDER, { recursive: true });
const cloud = await startFaultCloud(join(FOLDER, "workers.log"), false, ["beacon"], true);
afterAll(() => cloud.stop());

it(
  "honest people get their share among bots, and every turn is the published one",
  async () => {
    const plans = (["waiting_room", "draw"] as const).map((mode): LaunchPlan => ({
      mode,
      hasDefences: true,
      breakage: null,
    }));
    const results = await runGroup(cloud, plans, { size, folder: FOLDER, onProgress: () => {} });
    expect(results.map(({ wrong }) => wrong)).toEqual([[], []]);
    for (const { shares, turns, misplaced, verifierCode, mostOfAddress } of results) {
      expect(shares.units).toBe(size.units);
      expect(turns).toBeGreaterThanOrEqual(size.units);
      // Forty of one hand have solved: what is beyond the fourteenth within a minute, or the twenty-ninth, is in lane 1.
      expect(mostOfAddress).toBeGreaterThanOrEqual(14);
      expect(mostOfAddress).toBeLessThanOrEqual(29);
      expect({ misplaced, verifierCode }).toEqual({ misplaced: 0, verifierCode: 0 });
    }
  },
  TIME_LIMIT_MS,
);
