import { expect, test } from "vitest";
import { testCloud } from "../support/cloud.ts";
import { aBuyer } from "../support/test-sale.ts";
import { testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

test(
  "what is answered 202 after an adoption stays, through the next recovery",
  { timeout: 60_000 },
  async () => {
    const saleId = await sales.newSale({ allocated: 1 });
    const attempt = { buyerId: aBuyer(), key: "key-0001" };
    const frozen = await sales.reserveOnly(saleId, attempt);
    await sales.loseGate(saleId);
    const guardian = sales.newGuardian();
    await guardian.look(saleId);
    await sales.putInLedger(frozen);
    await sales.sendToConsumer([frozen], "after_adoption");
    const retry = await sales.buy(saleId, attempt);

    await sales.loseGate(saleId);
    await guardian.look(saleId);
    const stranger = await sales.buy(saleId);
    await sales.sendToConsumer([frozen]);
    const end = { retry: retry.status, stranger: stranger.status, order: await sales.decided(frozen) };
    // The unit is theirs if they were told so; if they were told nothing, a stranger may have it.
    expect([
      { retry: 202, stranger: 409, order: "confirmed" },
      { retry: 503, stranger: 409, order: "confirmed" },
      { retry: 503, stranger: 202, order: "rejected" },
    ]).toContainEqual(end);
  },
);

test(
  "an order whose key became another order meanwhile is not adopted beside it",
  { timeout: 60_000 },
  async () => {
    const saleId = await sales.newSale({ allocated: 10, purchaseLimit: 3 });
    const attempt = { buyerId: aBuyer(), key: "key-0002" };
    const frozen = await sales.reserveOnly(saleId, attempt);
    await sales.loseGate(saleId);
    await sales.newGuardian().look(saleId);
    const retry = await sales.buy(saleId, attempt);
    await sales.putInLedger(frozen);
    await sales.sendToConsumer([frozen]);
    expect({ retry: retry.status, frozen: await sales.stateOf(frozen) }).toEqual({
      retry: 202,
      frozen: "rejected",
    });
    expect(await sales.buy(saleId, attempt)).toMatchObject({
      status: 202,
      body: { orderId: retry.body?.orderId },
    });
  },
);
