import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { gateKeys } from "../core/gate/keys.ts";
import { createGuardianSigns } from "../core/guardian/guardian-signs.dynamo.ts";
import { createSaleRecords } from "../core/sale/sale-record.dynamo.ts";
import { schedules } from "../core/topology.ts";
import { testStores } from "../tests/support/stores.ts";
import { testDynamo, testTables } from "../tests/support/test-aws.ts";
import { aSale } from "../tests/support/test-sale.ts";
import { waitFor } from "../tests/support/wait-for.ts";
import { startCloud } from "./cloud.ts";

const stores = await testStores();
const dynamo = testDynamo(stores.dynamoEndpoint);
const records = createSaleRecords(testTables(stores.dynamoEndpoint), stores.ledgerTable);
const signs = createGuardianSigns(dynamo, stores.ledgerTable);
const sale = aSale({ startsAtMs: Date.now() + 5 * 60_000 });
await records.put(sale);
const cloud = await startCloud({ external: stores, prefix: stores.prefix, schedules: "all" });
afterAll(() => cloud.stop());

test("what time starts in production, the cloud starts: the guardian shows signs of life", async () => {
  await waitFor("a guardian is at work", async () => (await signs.lastBeatMs()) !== null);
});

test("the purchase is warmed before an opening, and let go when the sale ends", async () => {
  const { changes } = cloud.provisioned;
  await waitFor("the first look has asked for warm environments", () => changes.length > 0);
  // 100 attempts a second, a quarter to spare, ten for each environment.
  expect(changes).toEqual(["Purchase:live 13"]);
  expect(await cloud.runner.invoke(schedules.warmUp, {})).toBe(13);
  expect(changes).toHaveLength(1);
  await records.put({ ...sale, state: "ended", revision: sale.revision + 1 });
  expect(await cloud.runner.invoke(schedules.warmUp, {})).toBe(0);
  expect(changes).toEqual(["Purchase:live 13", "Purchase:live 0"]);
});

test("warm environments are touched in the last minutes before an opening: each asks the sale's own gate", async () => {
  const opening = aSale({ startsAtMs: Date.now() + 60_000 });
  await records.put(opening);
  const { hostname, port } = new URL(stores.redisUrl);
  // By hand: ioredis takes a line for an answer where other clients are busy in the instant that MONITOR begins.
  const monitor = connect(Number(port), hostname);
  onTestFinished(() => void monitor.destroy());
  const lines = createInterface({ input: monitor });
  monitor.write("MONITOR\r\n");
  await once(lines, "line");
  const { gate } = gateKeys(opening.saleId);
  let calls = 0;
  lines.on("line", (line) => {
    if (/ "exists" /i.test(line) && line.includes(`"${gate}"`)) calls++;
  });
  expect(await cloud.runner.invoke(schedules.warmUp, {})).toBe(13);
  await waitFor("all have asked", () => calls === 13);
});
