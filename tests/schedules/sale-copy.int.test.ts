import { expect, test } from "vitest";
import { testFaultyCloud } from "../support/faulty-cloud.ts";
import { testSchedules } from "./support.ts";

const cloud = await testFaultyCloud();
const sales = await testSchedules(cloud);

const FAR_AHEAD = "2100-01-01T00:00:00.000Z";
const LONG_AGO = "2020-01-01T00:00:00.000Z";

test.for([
  [
    "name, price and start",
    { name: "Boot", priceMinor: 1, startsAt: LONG_AGO },
    { name: "Boot", priceMinor: 1, phase: "open" },
  ],
  ["end", { state: "ended" }, { name: "Sneaker", phase: "ended" }],
] as const)(
  "after one time-out of the ledger, shoppers see a sale's new %s within a few looks of the guardian",
  async ([, change, seen]) => {
    const saleId = await sales.newSale({ startsAt: "state" in change ? LONG_AGO : FAR_AHEAD });
    cloud.dynamo.set("stall");
    expect(await sales.change(saleId, change)).toMatchObject({ kind: "changed", isInForce: false });
    // What waits at the proxy goes nowhere.
    cloud.dynamo.set("cut");
    cloud.dynamo.set("pass");
    await sales.newGuardian().lookAFewTimes(saleId);
    expect((await sales.watch(saleId)).revision).toBeGreaterThan(1);
    expect(await sales.call(`GET /api/sale/status/${saleId}`)).toMatchObject({ status: 200, body: seen });
  },
);
