import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { createSale } from "../load/create-sale.ts";
import { prepareAttempts } from "../load/crowd/prepare-attempts.ts";
import { sendCrowd } from "../load/crowd/send-crowd.ts";
import { awaitSettled } from "../load/verdict/await-settled.ts";
import { judge } from "../load/verdict/verdict.ts";
import { startCloud } from "../local/cloud.ts";
import { testStores } from "./support/stores.ts";

const UNITS = 60;

const stores = await testStores();
const start = (apiPort = 0) =>
  startCloud({
    external: stores,
    prefix: stores.prefix,
    apiWorkers: 2,
    apiPort,
    trigger: { batchWindowMs: 20 },
  });
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it("serves one sale from two processes on one port, exactly; stops without leftovers; starts again on that port", async () => {
  const first = await start();
  expect(new Set(first.apiPids).size).toBe(2);
  const saleId = await createSale(first.apiUrl, { name: "Two processes", allocated: UNITS });
  const attempts = prepareAttempts(first.apiUrl, saleId, { buyers: UNITS * 5, twice: 1 / 3, seed: 1 });
  const log = await sendCrowd({ apiUrl: first.apiUrl, attempts, connections: 16 });
  const facts = await awaitSettled(first, saleId);
  expect(judge(facts, log)).toEqual([]);
  expect(facts.gate.stock.sold).toBe(UNITS);
  await first.stop();
  expect(first.apiPids.filter(isAlive)).toEqual([]);

  const again = await start(Number(new URL(first.apiUrl).port));
  expect(again.apiUrl).toBe(first.apiUrl);
  const { status } = await fetch(`${again.apiUrl}/api/sale/status/${saleId}`);
  expect(status).toBe(200);
  await again.stop();
});

it("each of them answers alone while the other is still", async () => {
  const cloud = await start();
  onTestFinished(() => cloud.stop());
  const ask = () => fetch(`${cloud.apiUrl}/api/health`, { headers: { connection: "close" } });
  for (const pid of cloud.apiPids) {
    process.kill(pid, "SIGSTOP");
    const asked = Array.from({ length: 4 }, () => ask().then(({ status }) => status));
    const seen = await Promise.all(asked.map((answer) => Promise.race([answer, sleep(1_000, "still")])));
    process.kill(pid, "SIGCONT");
    // A connection that was given to it waits; it gets no other.
    expect(seen.filter((status) => status === 200).length).toBeGreaterThanOrEqual(3);
    expect(await Promise.all(asked)).toEqual([200, 200, 200, 200]);
  }
});

it("says so when one of them ends by itself", async () => {
  const cloud = await start();
  process.kill(cloud.apiPids[0] ?? 0, "SIGKILL");
  expect((await cloud.crashed).message).toBe("A process of the API has ended by itself.");
  await cloud.stop();
  expect(cloud.apiPids.filter(isAlive)).toEqual([]);
});

it("names a port that is taken", async () => {
  const cloud = await start();
  const port = Number(new URL(cloud.apiUrl).port);
  await expect(
    startCloud({ external: stores, prefix: `${stores.prefix}other-`, apiPort: port, trigger: false }),
  ).rejects.toThrow(`Port ${port} for the API is taken`);
  await cloud.stop();
});
