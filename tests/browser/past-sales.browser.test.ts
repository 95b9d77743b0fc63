import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createSaleRecords } from "../../core/sale/sale-record.dynamo.ts";
import { newSaleId } from "../../core/ids.ts";
import { PAST_SALES_A_PAGE } from "../../core/watch/sale-lists.ts";
import { testTables } from "../support/test-aws.ts";
import { aSale, LONG_AGO_MS } from "../support/test-sale.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

/** By the function for a second, by the CDN for two. */
const TOLD_FROM_MEMORY_MS = 3_500;
const cloud = await browserCloud();
const shopper = testShoppers(cloud);
const records = createSaleRecords(testTables(cloud.dynamoEndpoint), cloud.ledgerTable);

test("earlier sales come page by page, in both languages, and the focus goes on with them", async () => {
  await newSale(cloud, { name: "Present lamp" });
  const greta = await shopper({ locale: "de-DE" });
  await greta.open("/");
  await greta.page.waitForURL("**/de/");
  await greta.state("ready");
  await greta.page.getByRole("button", { name: "Frühere Verkäufe" }).click();
  await greta.page.getByText("Es gibt keine früheren Verkäufe.").waitFor();

  const past = Array.from({ length: PAST_SALES_A_PAGE + 1 }, (_, i) =>
    aSale({
      saleId: newSaleId(LONG_AGO_MS + i),
      name: `Past lamp ${i}`,
      state: "ended",
      closedAtMs: LONG_AGO_MS + i,
      archive: { stock: { allocated: 5, available: 0, held: 0, sold: 5, withheld: 0 }, attempts: null },
    }),
  );
  await Promise.all(past.map((sale) => records.putPast(sale)));
  await sleep(TOLD_FROM_MEMORY_MS);
  const ann = await shopper();
  await ann.open("/");
  await ann.state("ready");
  const more = ann.page.getByRole("button", { name: "Earlier sales" });
  const cards = ann.part("past-sales").locator("li");
  await more.click();
  await expect.poll(() => cards.count()).toBe(PAST_SALES_A_PAGE);
  expect(await ann.page.evaluate("document.activeElement.textContent")).toBe(
    `Past lamp ${PAST_SALES_A_PAGE}`,
  );
  expect(await violations(ann)).toEqual([]);
  await more.click();
  await expect.poll(() => cards.count()).toBe(PAST_SALES_A_PAGE + 1);
  await more.waitFor({ state: "hidden" });
  expect(await ann.part("sales").locator("li").count()).toBe(1);
});
