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
