import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startCloud } from "../local/cloud.ts";
import { publishAddresses, withdrawAddresses } from "../local/published-addresses.ts";
import { createSale } from "../load/create-sale.ts";
import type { RequestLine } from "../load/report/summarize.ts";
import { runningCloud } from "../load/running-cloud.ts";
import { awaitSettledAnywhere } from "../load/verdict/await-settled-anywhere.ts";
import type { ClientAnswer } from "../load/verdict/client-answer.ts";
import { judge } from "../load/verdict/verdict.ts";
import { logLines, tellShoppers } from "./support/shopper-log.ts";
import { testStores } from "./support/stores.ts";

const SHOPPERS = 30;
const UNITS = 20;

const stores = await testStores();
const start = () =>
  startCloud({
    external: stores,
    prefix: stores.prefix,
    apiWorkers: 1,
    trigger: { batchWindowMs: 20 },
    schedules: ["guardian"],
  });

it("Artillery's shoppers go on where the API is after a crash and a new start on another port, and keep their verdict", async () => {
  const folder = mkdtempSync(join(tmpdir(), "shoppers-restart-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const first = await start();
  publishAddresses(folder, first);
  const cloud = await runningCloud(first.apiUrl, folder);
  const saleId = await createSale(first.apiUrl, { name: "Restarted", allocated: UNITS });
  tellShoppers({ apiUrl: first.apiUrl, saleId, opensAtMs: Date.now(), folder });
  const shopper = await import("../load/artillery/shopper.mts");
  const visit = async () => {
    const context = { vars: {} };
    await shopper.signIn(context);
    await shopper.look(context);
    await shopper.buy(context);
    await shopper.followOrder(context);
  };
  const visits = Array.from({ length: SHOPPERS / 2 }, visit);

  process.kill(first.apiPids[0] ?? NaN, "SIGKILL");
  await first.crashed;
  await first.stop();
  withdrawAddresses(folder);
  visits.push(...Array.from({ length: SHOPPERS / 2 }, visit));
  const again = await start();
  onTestFinished(() => again.stop());
  publishAddresses(folder, again);

  await Promise.all(visits);
  const answers = logLines<ClientAnswer>(folder, "answers");
  expect(again.apiUrl).not.toBe(first.apiUrl);
  expect(answers.filter(({ kind }) => kind === "no_answer").length).toBeGreaterThanOrEqual(SHOPPERS / 2);
  const facts = await awaitSettledAnywhere(cloud, saleId);
  expect(judge(facts, answers)).toEqual([]);
  expect(facts.gate.stock.sold).toBe(UNITS);
  const followed = logLines<RequestLine>(folder, "requests").filter(({ what }) => what === "order");
  expect(followed.filter(({ kind }) => kind === "200").length).toBeGreaterThanOrEqual(UNITS);
}, 240_000);
