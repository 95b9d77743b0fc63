import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startCloud } from "../local/cloud.ts";
import { publishAddresses, withdrawAddresses } from "../local/published-addresses.ts";
import { testStores } from "./support/stores.ts";
import { createSale } from "../load/create-sale.ts";
import { prepareAttempts } from "../load/crowd/prepare-attempts.ts";
import { sendCrowd } from "../load/crowd/send-crowd.ts";
import { runningCloud } from "../load/running-cloud.ts";
import { awaitSettledAnywhere } from "../load/verdict/await-settled-anywhere.ts";
import { judge } from "../load/verdict/verdict.ts";

const BUYERS = 300;
const UNITS = 100;

const stores = await testStores();
const start = () =>
  startCloud({
    external: stores,
    prefix: stores.prefix,
    apiWorkers: 1,
    trigger: { batchWindowMs: 20 },
    schedules: ["guardian"],
  });

it("a crowd goes on where the API is after a crash and a new start on another port, and keeps its verdict", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "running-cloud-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const first = await start();
  publishAddresses(dataDir, first);
  const cloud = await runningCloud(first.apiUrl, dataDir);
  const saleId = await createSale(first.apiUrl, { name: "Restarted", allocated: UNITS });
  const attempts = prepareAttempts(first.apiUrl, saleId, { buyers: BUYERS, twice: 0, seed: 1 });
  const crowd = sendCrowd({ apiUrl: () => cloud.addresses().apiUrl, attempts, connections: 8 });

  process.kill(first.apiPids[0] ?? NaN, "SIGKILL");
  await first.crashed;
  await first.stop();
  withdrawAddresses(dataDir);
  const again = await start();
  onTestFinished(() => again.stop());
  publishAddresses(dataDir, again);

  const log = await crowd;
  expect(again.apiUrl).not.toBe(first.apiUrl);
  expect(log.some(({ kind }) => kind === "no_answer")).toBe(true);
  const facts = await awaitSettledAnywhere(cloud, saleId);
  expect(judge(facts, log)).toEqual([]);
  expect(facts.gate.stock.sold).toBe(UNITS);
}, 60_000);
