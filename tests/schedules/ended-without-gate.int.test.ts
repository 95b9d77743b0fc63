import { expect, test } from "vitest";
import { testCloud } from "../support/cloud.ts";
import { testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

const LASTS_MS = 2_000;

test("a sale that was ended by time and closed says that it has ended, also without its gate", async () => {
  const endsAtMs = (await sales.gateNowMs()) + LASTS_MS;
  const saleId = await sales.newSale({ endsAt: new Date(endsAtMs).toISOString() });
  await sales.untilGateClock(endsAtMs);
  await sales.newGuardian().untilClosed(saleId);
  const ended = { status: 409, body: { kind: "ended" } };
  expect(await sales.buy(saleId)).toMatchObject(ended);
  await sales.loseGate(saleId);
  expect(await sales.buy(saleId)).toMatchObject(ended);
});
