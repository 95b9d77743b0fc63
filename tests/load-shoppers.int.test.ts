import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createSale } from "../load/create-sale.ts";
import { outcomeRows, type RequestLine } from "../load/report/summarize.ts";
import { awaitSettled } from "../load/verdict/await-settled.ts";
import type { ClientAnswer } from "../load/verdict/client-answer.ts";
import { judge } from "../load/verdict/verdict.ts";
import { testCloud } from "./support/cloud.ts";

const UNITS = 4;
const SHOPPERS = 10;
const UNTIL_OPEN_MS = 4_000;

const folder = mkdtempSync(join(tmpdir(), "load-shoppers-"));
afterAll(() => rmSync(folder, { recursive: true }));
const cloud = await testCloud();

const linesOf = <Line>(kind: string): Line[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(kind))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"))
    .map((line) => JSON.parse(line) as Line);

it("shoppers watch a sale until it opens, buy, follow their orders; what they wrote down is judged and counted", async () => {
  const opensAtMs = Date.now() + UNTIL_OPEN_MS;
  const startsAt = new Date(opensAtMs).toISOString();
  const saleId = await createSale(cloud.apiUrl, { name: "Shoppers", allocated: UNITS, startsAt });
  // As load/artillery/run-artillery.ts hands it to Artillery's threads, which import the shoppers.
  Object.assign(process.env, {
    LOAD_TARGET: cloud.apiUrl,
    LOAD_DATA_FOLDER: folder,
    LOAD_SALE_IDS: saleId,
    LOAD_OPENS_AT_MS: String(opensAtMs),
    LOAD_LOG_FOLDER: folder,
  });
  const shopper = await import("../load/artillery/shopper.mts");
  await Promise.all(
    Array.from({ length: SHOPPERS }, async () => {
      const context = { vars: {} };
      await shopper.signIn(context);
      await shopper.watchUntilOpen(context);
      await shopper.buy(context);
      await shopper.followOrder(context);
    }),
  );

  const answers = linesOf<ClientAnswer>("answers");
  expect(judge(await awaitSettled(cloud, saleId), answers)).toEqual([]);
  const rows = outcomeRows(linesOf<RequestLine>("requests"));
  const countOf = (what: string, kind: string) =>
    rows.find((row) => row.what === what && row.kind === kind)?.count;
  expect(countOf("purchase", "accepted")).toBe(UNITS);
  expect(countOf("purchase", "sold_out")).toBe(SHOPPERS - UNITS);
  expect(countOf("order", "200")).toBeGreaterThanOrEqual(UNITS);
  // Once before the opening and once after it, at least.
  expect(countOf("status", "200")).toBeGreaterThanOrEqual(SHOPPERS * 2);
  const bought = linesOf<RequestLine>("requests").filter(({ what }) => what === "purchase");
  expect(Math.min(...bought.map(({ sentAtMs }) => sentAtMs))).toBeGreaterThanOrEqual(opensAtMs - 1_000);
});
