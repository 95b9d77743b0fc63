import { describe, expect, test } from "vitest";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { waitFor } from "../support/wait-for.ts";
import { testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

/** A sale of some units, one of them sold, with one order that PostgreSQL refused though the gate had a unit for it. */
async function withRejectedOrder(allocated: number): Promise<SaleId> {
  const saleId = await sales.newSale({ allocated });
  expect(await sales.decided(await sales.accepted(saleId))).toBe("confirmed");
  await sales.whileRecordsAllocate(saleId, 1, async () => {
    expect(await sales.decided(await sales.accepted(saleId))).toBe("rejected");
  });
  return saleId;
}

/** What the guardian compares, often enough to act on what it sees twice. */
async function expectNoRecovery(saleId: SaleId): Promise<void> {
  await sales.newGuardian().lookAFewTimes(saleId);
  expect(await sales.recoveriesOf(saleId)).toEqual([]);
}

describe.concurrent("the units of a rejected order", { timeout: 60_000 }, () => {
  test("are for sale again at once, without a recovery", async () => {
    const saleId = await withRejectedOrder(3);
    await waitFor("they are available", async () => (await sales.available(saleId)) === 2);
    for (const left of [1, 0]) {
      expect(await sales.decided(await sales.accepted(saleId))).toBe("confirmed");
      expect(await sales.available(saleId)).toBe(left);
    }
    expect(await sales.buy(saleId)).toMatchObject({ status: 409, body: { kind: "sold_out" } });
    await expectNoRecovery(saleId);
  });

  test("are for sale again in a sale that was sold out by them", async () => {
    const saleId = await withRejectedOrder(2);
    await waitFor("somebody else gets one", async () => (await sales.buy(saleId)).status === 202);
    await waitFor("both are rows", async () => (await sales.watch(saleId)).orders.soldUnits === 2);
    await expectNoRecovery(saleId);
  });

  test("are no drift", async () => {
    const saleId = await withRejectedOrder(3);
    await expect.poll(() => sales.driftUnits(saleId)).toBe(0);
    await expectNoRecovery(saleId);
  });
});
