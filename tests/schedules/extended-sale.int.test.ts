import { describe, expect, test } from "vitest";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { waitFor } from "../support/wait-for.ts";
import { testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

const LASTS_MS = 2_000;
const HOUR_MS = 3_600_000;
const later = (ms: number) => new Date(Date.now() + ms).toISOString();
const extend = async (saleId: SaleId) => {
  expect(await sales.operate(saleId, { endsAt: later(HOUR_MS) })).toMatchObject({
    status: 200,
    body: { phase: "open" },
  });
};

/** A sale with one order that is over, by time. */
async function overSale(): Promise<SaleId> {
  const endsAt = later(LASTS_MS);
  const saleId = await sales.newSale({ allocated: 10, endsAt });
  expect(await sales.decided(await sales.accepted(saleId))).toBe("confirmed");
  await sales.untilGateClock(Date.parse(endsAt));
  return saleId;
}

async function closedSale(): Promise<SaleId> {
  const saleId = await overSale();
  await sales.newGuardian().untilClosed(saleId);
  return saleId;
}

describe.concurrent("a sale that was closed and is extended", { timeout: 60_000 }, () => {
  test("is guarded again: a crashed purchase is finished", async () => {
    const saleId = await closedSale();
    await extend(saleId);
    const crashed = await sales.reserveOnly(saleId);
    expect(await sales.isGuarded(saleId)).toBe(true);
    const guardian = sales.newGuardian();
    await waitFor("the crashed purchase is confirmed", async () => {
      await guardian.look(saleId);
      return (await sales.stateOf(crashed)) === "confirmed";
    });
  });

  test("is guarded again: after the loss of its keys it is recovered", async () => {
    const saleId = await closedSale();
    await extend(saleId);
    await sales.loseGate(saleId);
    expect(await sales.buy(saleId)).toMatchObject({ status: 503 });
    expect(await sales.isGuarded(saleId)).toBe(true);
    await sales.newGuardian().look(saleId);
    expect(await sales.decided(await sales.accepted(saleId))).toBe("confirmed");
    expect((await sales.watch(saleId)).stock).toMatchObject({ available: 8, sold: 2 });
  });
});

test(
  "a guardian that saw a sale over does not close it once it is extended",
  { timeout: 60_000 },
  async () => {
    const saleId = await overSale();
    const guardian = sales.newGuardian();
    await guardian.lookLater(saleId);
    await guardian.lookLater(saleId, () => extend(saleId));
    expect(await sales.isGuarded(saleId)).toBe(true);
  },
);
