import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { testCloud } from "../support/cloud.ts";
import { type RebuildStep, testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

/** As long as a rebuild may hold the sale's row: then the change waits for it, and the rebuild not for the change. */
const WAIT_MS = 1_000;
const steps: readonly RebuildStep[] = ["marked", "filling"];
const changes = [
  ["end", { status: 409, body: { kind: "ended" } }],
  ["pause", { status: 503, body: { kind: "paused" } }],
] as const;

describe.concurrent("a rebuild", { timeout: 60_000 }, () => {
  for (const step of steps)
    test.for(changes)(
      `in which, once ${step}, a sale is told to %s, sells nothing after it`,
      async ([change, refusal]) => {
        const saleId = await sales.newSale({ allocated: 50 });
        await sales.accepted(saleId);
        await sales.loseGate(saleId);
        let changing: ReturnType<typeof sales.operate> | undefined;
        await sales.recoverWhile(saleId, step, async () => {
          changing ??= sales.operate(saleId, change);
          await Promise.race([changing, sleep(WAIT_MS)]);
        });
        expect(await changing).toMatchObject({ status: 200 });
        for (let attempts = 0; attempts < 5; attempts++)
          expect(await sales.buy(saleId)).toMatchObject(refusal);
        const { gate, recorded } = await sales.settingsOf(saleId);
        expect(gate).toEqual(recorded);
      },
    );
});
