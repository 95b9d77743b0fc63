import { expect, it } from "vitest";
import { prepareAttempts } from "../load/crowd/prepare-attempts.ts";
import { sendCrowd } from "../load/crowd/send-crowd.ts";
import { awaitSettledAnywhere } from "../load/verdict/await-settled-anywhere.ts";
import { judge } from "../load/verdict/verdict.ts";
import { restartedApi } from "./support/restarted-api.ts";
import { testStores } from "./support/stores.ts";

const BUYERS = 300;
const UNITS = 100;

const stores = await testStores();

it("a crowd goes on where the API is after a crash and a new start on another port, and keeps its verdict", async () => {
  const { apiUrl, cloud, saleId, crash, comeBack } = await restartedApi(stores, UNITS);
  const attempts = prepareAttempts(apiUrl, saleId, { buyers: BUYERS, twice: 0, seed: 1 });
  const crowd = sendCrowd({ apiUrl: () => cloud.addresses().apiUrl, attempts, connections: 8 });

  await crash();
  expect(await comeBack()).not.toBe(apiUrl);

  const log = await crowd;
  expect(log.some(({ kind }) => kind === "no_answer")).toBe(true);
  const facts = await awaitSettledAnywhere(cloud, saleId);
  expect(judge(facts, log)).toEqual([]);
  expect(facts.gate.stock.sold).toBe(UNITS);
}, 60_000);
