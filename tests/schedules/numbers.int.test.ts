import { describe, expect, test } from "vitest";
import { testCloud } from "../support/cloud.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";
import { testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

describe.concurrent("a buyer of several units", { timeout: 60_000 }, () => {
  test("gets each number once, also after a recovery that dropped one which only the gate knew", async () => {
    const saleId = await sales.newSale({ allocated: 10, purchaseLimit: 3 });
    const buyerId = aBuyer();
    const dropped = await sales.reserveOnly(saleId, { buyerId });
    expect(await sales.decided(await sales.accepted(saleId, { buyerId }))).toBe("confirmed");
    await sales.loseGate(saleId);
    await sales.newGuardian().look(saleId);

    expect(await sales.decided(await sales.accepted(saleId, { buyerId }))).toBe("confirmed");
    const numbers = [dropped.n, ...(await sales.numbersOf(saleId, buyerId))];
    expect(new Set(numbers).size).toBe(3);
  });

  test("keeps what is in the outbox alone through a recovery that was only requested", async () => {
    const saleId = await sales.newSale({ allocated: 10, purchaseLimit: 3 });
    const buyerId = aBuyer();
    const crashed = await sales.reserveOnly(saleId, { buyerId });
    expect(await sales.decided(await sales.accepted(saleId, { buyerId }))).toBe("confirmed");
    await sales.requestRecovery(saleId);
    const guardian = sales.newGuardian();
    await guardian.look(saleId);

    expect(await sales.decided(await sales.accepted(saleId, { buyerId }))).toBe("confirmed");
    await waitFor("the crashed purchase is confirmed", async () => {
      await guardian.look(saleId);
      return (await sales.stateOf(crashed)) === "confirmed";
    });
    expect(new Set(await sales.numbersOf(saleId, buyerId)).size).toBe(3);
    expect((await sales.watch(saleId)).stock).toMatchObject({ available: 7, sold: 3 });
  });
});
