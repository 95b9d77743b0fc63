import * as fc from "fast-check";
import { expect, test } from "vitest";
import { gateCommands } from "../../tests/gate/gate-commands.ts";
import { liveGate } from "../../tests/gate/gate-life.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testGate } from "../../tests/gate/test-gate.ts";

const stores = await testStores();
const { redis } = testGate(stores.redisUrl);

const TIME_LIMIT_MS = 120_000;

/** A failure prints the seed and the shortest life that shows it; `fc.assert(…, { seed, path })` repeats it. */
test(
  "whatever happens to it, the gate says and counts what the model says and counts",
  async () => {
    let lives = 0;
    const property = fc.asyncProperty(gateCommands, async (commands) => {
      await liveGate(redis, commands);
      lives++;
    });
    await fc.assert(property, { numRuns: 200 });
    expect(lives).toBe(200);
  },
  TIME_LIMIT_MS,
);
