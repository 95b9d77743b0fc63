import { expect, test } from "vitest";
import { mailsTo } from "../support/test-mailbox.ts";
import { waitFor } from "../support/wait-for.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import { signInByMail } from "./sign-in-by-mail.ts";
import { testShoppers } from "./test-shoppers.ts";

const cloud = await browserCloud();
const shopper = testShoppers(cloud);

test("who buys on a German page finds a German mail in the mailbox, and its link leads to the order", async () => {
  const translations = { de: { name: "Plattenspieler", description: "" } };
  const saleId = await newSale(cloud, { name: "Turntable", translations });
  const email = "greta@example.com";
  const greta = await shopper({ locale: "de-DE" });
  await greta.open(`/sale/${saleId}`);
  await greta.page.waitForURL(`**/de/sale/${saleId}`);
  await signInByMail(cloud, greta, email);
  await greta.part("buy").click();
  await greta.state("confirmed");
  await waitFor("a mail about the order", async () => (await mailsTo(cloud.mailboxUrl, email)).length === 2);

  await greta.open("/mailbox/");
  const mail = greta.page
    .locator("article")
    .filter({ hasText: `to ${email}` })
    .first();
  expect(await mail.locator("h2").textContent()).toBe("Bestätigt: Plattenspieler");
  const text = (await mail.locator("pre").textContent()) ?? "";
  const [link] = /https?:\S+\/de\/order\/\?id=ord_\w+/.exec(text) ?? [""];
  expect(text.replaceAll("\u00a0", " ")).toContain("Summe: 349,00 €");
  expect(link).toContain(cloud.siteUrl);
  await greta.open(link.slice(cloud.siteUrl.length));
  await greta.state("confirmed");
  expect(await greta.part("sale-name").textContent()).toBe("Plattenspieler");
});
