import * as fc from "fast-check";
import { test } from "vitest";
import { testGate } from "../../gate/test-gate.ts";
import { testStores } from "../../support/stores.ts";
import { GateLife } from "./gate-life.ts";
import { gateSteps, openSettings } from "./gate-steps.ts";

const stores = await testStores();
const { redis } = testGate(stores.redisUrl);

/** A failure prints its seed and the shortest life that shows it. */
test("the explorer's gate says and holds what the scripts say and hold", async () => {
  const property = fc.asyncProperty(openSettings, gateSteps, async (first, steps) => {
    const life = await GateLife.begin(redis, first);
    for (const step of steps) await life.step(step);
  });
  await fc.assert(property, { numRuns: 250 });
}, 120_000);
