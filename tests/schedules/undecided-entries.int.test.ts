import { describe, expect, test } from "vitest";
import { testCloud } from "../support/cloud.ts";
import { type Reservation, testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

/** With the recovery it is younger than what the guardian publishes again, and older some seconds later. */
const FROZEN_MS = 15_000;

/** A purchase that stood still between gate and ledger through a recovery: no gate counts it. */
async function frozenPurchase(settings: Parameters<typeof sales.newSale>[0] = {}): Promise<Reservation> {
  const saleId = await sales.newSale(settings);
  const frozen = await sales.reserveOnly(saleId);
  await sales.loseGate(saleId);
  await sales.newGuardian().look(saleId);
  return frozen;
}

describe.concurrent("an entry that no gate counts", { timeout: 90_000 }, () => {
  test("reads pending in every look-up until it is decided", async () => {
    const frozen = await frozenPurchase();
    await sales.putInLedger(frozen);
    expect(await sales.statesOf(frozen.saleId, frozen)).toEqual({
      order: "pending",
      mine: "pending",
      all: "pending",
    });
    await sales.sendToConsumer([frozen]);
    expect(await sales.statesOf(frozen.saleId, frozen)).toEqual({
      order: "confirmed",
      mine: "confirmed",
      all: "confirmed",
    });
  });

  test("never reads accepted where no unit is left for it", async () => {
    const frozen = await frozenPurchase({ allocated: 1 });
    expect(await sales.decided(await sales.accepted(frozen.saleId))).toBe("confirmed");
    await sales.putInLedger(frozen);
    expect(await sales.stateOf(frozen)).toBe("pending");
    await sales.sendToConsumer([frozen]);
    expect(await sales.stateOf(frozen)).toBe("rejected");
  });

  test("keeps a sale from closing until it is decided, also if nobody sent it", async () => {
    const frozen = await frozenPurchase({ allocated: 1 });
    const { saleId, reservedAtMs } = frozen;
    await sales.accepted(saleId);
    await sales.putInLedger({ ...frozen, reservedAtMs: reservedAtMs - FROZEN_MS });
    expect(await sales.operate(saleId, "end")).toMatchObject({ status: 200 });
    await sales.newGuardian().untilClosed(saleId);
    expect(await sales.stateOf(frozen)).toBe("rejected");
  });
});

test("an entry that a rebuild counted still reads accepted", { timeout: 60_000 }, async () => {
  const saleId = await sales.newSale();
  const crashed = await sales.reserveOnly(saleId);
  await sales.putInLedger(crashed);
  expect(await sales.stateOf(crashed)).toBe("accepted");
  await sales.loseGate(saleId);
  await sales.newGuardian().look(saleId);
  expect(await sales.stateOf(crashed)).toBe("accepted");
});
