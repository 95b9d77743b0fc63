import { expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import { browserCloud, buyByApi, newSale } from "./browser-cloud.ts";
import { testShoppers } from "./test-shoppers.ts";

const cloud = await browserCloud();
const shopper = testShoppers(cloud);

test("a German browser gets the German pages, words and figures, from the list to the receipt", async () => {
  await newSale(cloud, { name: "Plattenspieler" });
  const greta = await shopper({ token: true, locale: "de-DE" });
  await greta.open("/");
  await greta.page.waitForURL("**/de/");
  const footer = await greta.page.locator(".legal").innerText();
  expect(footer).toContain("Impressum: noch nicht gesetzt (SHOP_IMPRINT_URL)");
  await greta.page.getByRole("link", { name: "Plattenspieler" }).click();
  await greta.part("buy").filter({ hasText: "Kaufen für 349,00 €" }).click();
  await greta.state("confirmed");
  expect(await greta.part("heading").textContent()).toBe("Es gehört Ihnen");
  await greta.part("order-link").click();
  await greta.page.waitForURL("**/de/order/?id=ord_*");
  await greta.state("confirmed");
  expect(await greta.page.locator("html").getAttribute("lang")).toBe("de");
});

test("the switch keeps the sale and is remembered; a shared German link stays German", async () => {
  const saleId = await newSale(cloud);
  const hans = await shopper({ locale: "de-AT" });
  await hans.open(`/sale/${saleId}`);
  await hans.page.waitForURL(`**/de/sale/${saleId}`);
  await hans.state("open");
  await hans.part("other-locale").click();
  await hans.page.waitForURL(`${cloud.siteUrl}/sale/${saleId}`);
  await hans.state("open");
  await hans.open("/");
  await hans.part("sales").waitFor();
  expect(await hans.page.locator("html").getAttribute("lang")).toBe("en");
  await hans.open(`/de/sale/${saleId}`);
  await hans.state("open");
  expect(await hans.part("heading").textContent()).toBe("Der Verkauf läuft");
});

test("a browser whose only language is no language tag can buy, and run the console without its chart", async () => {
  const saleId = await newSale(cloud, { name: "Posix lamp" });
  const odd = await shopper({ token: localSession("operator").token, locale: "en-US@posix" });
  await odd.open(`/sale/?id=${saleId}`);
  expect(await odd.page.evaluate("navigator.languages.join()")).toBe("en-US@posix");
  await odd.part("buy").filter({ hasText: "Buy for €349.00" }).click();
  await odd.state("confirmed");
  await odd.open(`/admin/sale/?id=${saleId}`);
  await odd.part("no-chart").waitFor();
  await odd.part("tile-sold").locator(".value").filter({ hasText: "1" }).waitFor();
  await buyByApi(cloud, saleId);
  await odd.part("tile-sold").locator(".value").filter({ hasText: "2" }).waitFor();
  await odd.part("pause").click();
  await odd.page.getByText(/^Paused\. From the click/).waitFor();
  await odd.open(`/admin/edit/?id=${saleId}`);
  await expect.poll(() => odd.page.getByLabel("Price of one unit").inputValue()).toBe("349.00");

  const usual = await shopper({ token: localSession("operator").token });
  await usual.open(`/admin/sale/?id=${saleId}`);
  await usual.part("chart").locator("canvas").waitFor();
  expect(await usual.part("no-chart").isVisible()).toBe(false);
});
