import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createSale } from "../load/create-sale.ts";
import { outcomeRows, type RequestLine } from "../load/report/summarize.ts";
import { awaitSettled } from "../load/verdict/await-settled.ts";
import type { ClientAnswer } from "../load/verdict/client-answer.ts";
import { judge } from "../load/verdict/verdict.ts";
import { OPENING_MS } from "../web/src/features/sale/opening.ts";
import { testCloud } from "./support/cloud.ts";
import { logLines, tellShoppers } from "./support/shopper-log.ts";

const UNITS = 4;
const SHOPPERS = 10;
const UNTIL_OPEN_MS = 4_000;

const folder = mkdtempSync(join(tmpdir(), "load-shoppers-"));
afterAll(() => rmSync(folder, { recursive: true }));
const cloud = await testCloud();

it("shoppers watch a sale until it opens, buy, follow their orders; what they wrote down is judged and counted", async () => {
  const opensAtMs = Date.now() + UNTIL_OPEN_MS;
  const startsAt = new Date(opensAtMs).toISOString();
  const saleId = await createSale(cloud.apiUrl, { name: "Shoppers", allocated: UNITS, startsAt });
  tellShoppers({ apiUrl: cloud.apiUrl, saleId, opensAtMs, folder });
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

  const answers = logLines<ClientAnswer>(folder, "answers");
  expect(judge(await awaitSettled(cloud, saleId), answers)).toEqual([]);
  const requests = logLines<RequestLine>(folder, "requests");
  const rows = outcomeRows(requests);
  const countOf = (what: string, kind: string) =>
    rows.find((row) => row.what === what && row.kind === kind)?.count;
  expect(countOf("purchase", "accepted")).toBe(UNITS);
  expect(countOf("purchase", "sold_out")).toBe(SHOPPERS - UNITS);
  expect(countOf("order", "200")).toBeGreaterThanOrEqual(UNITS);
  // Every page opens by its clock, without an answer for it.
  expect(countOf("status", "200")).toBe(SHOPPERS);
  const bought = requests.filter(({ what }) => what === "purchase");
  expect(Math.min(...bought.map(({ sentAtMs }) => sentAtMs))).toBeGreaterThanOrEqual(opensAtMs + OPENING_MS);
});
