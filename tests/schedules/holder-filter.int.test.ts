import { expect, test } from "vitest";
import { testCloud } from "../support/cloud.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";
import { testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

const UNITS = 64;
const RAISED = UNITS * 64;
const STRANGERS = 2_000;

test("after the allocation was raised 64-fold, the filter of holders still knows each, and nine strangers in ten", async () => {
  const saleId = await sales.newSale({ allocated: UNITS });
  const holders = await Promise.all(Array.from({ length: UNITS }, () => sales.reserveOnly(saleId)));
  expect(await sales.operate(saleId, { allocated: RAISED })).toMatchObject({ status: 200 });
  await waitFor("the added units are for sale", async () => (await sales.buy(saleId)).status === 202);
  for (let left = await sales.available(saleId); left > 0; left = await sales.available(saleId)) {
    const some = Array.from({ length: Math.min(left, 256) }, () => sales.reserveOnly(saleId));
    holders.push(...(await Promise.all(some)));
  }

  const mayHold = await sales.holdersOf(saleId);
  expect(holders.filter(({ buyerId }) => !mayHold(buyerId))).toEqual([]);
  const excluded = Array.from({ length: STRANGERS }, aBuyer).filter((buyerId) => !mayHold(buyerId));
  expect(excluded.length).toBeGreaterThan(STRANGERS * 0.9);
});
