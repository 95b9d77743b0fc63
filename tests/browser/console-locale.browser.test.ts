import { expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import { consoleTexts as german } from "../../web/texts/de/console.ts";
import { consoleTexts as english } from "../../web/texts/en/console.ts";
import { leavesOf } from "../texts/literals.ts";
import { browserCloud, buyByApi, newSale } from "./browser-cloud.ts";
import { layoutFaults, visibleTexts } from "./layout-faults.ts";
import type { Shopper } from "./shopper.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud();
const newPerson = testShoppers(cloud);
const operator = (options: Parameters<typeof newPerson>[0] = {}) =>
  newPerson({
    token: localSession("operator").token,
    locale: "de-DE",
    timezoneId: "Europe/Berlin",
    ...options,
  });

const inGerman = new Set(leavesOf(german).map(([, text]) => text));
const onlyEnglish = new Set(leavesOf(english).flatMap(([, text]) => (inGerman.has(text) ? [] : [text])));
/** Words without which no English sentence does, and which German does not have. */
const ENGLISH =
  /\b(the|of|and|is|are|with|from|until|units|sale|nobody|every|their|this|not|yet|you|your|by|to)\b/i;

/** The pieces of visible text that are English. */
const englishPieces = async (person: Shopper) =>
  (await visibleTexts(person)).filter((text) => onlyEnglish.has(text) || ENGLISH.test(text));

test("a German browser gets the console in German, in words, figures, dates and money, and no word in English", async () => {
  const saleId = await newSale(cloud, { name: "Plattenspieler", allocated: 1234, purchaseLimit: 3 });
  const { orderId } = await buyByApi(cloud, saleId, localSession().token, 2);
  const gerda = await operator();
  const { page, part } = gerda;
  await gerda.open("/admin/");
  await page.waitForURL("**/de/admin/");
  await page.getByRole("link", { name: "Plattenspieler" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("de");
  expect(await englishPieces(gerda)).toEqual([]);

  await page.getByRole("link", { name: "Plattenspieler" }).click();
  await page.waitForURL("**/de/admin/sale/?id=*");
  await page.getByText(/^Angelegt von /).waitFor();
  await expect.poll(() => part("tile-rows").textContent()).toContain("alle");
  expect(await part("tile-sold").textContent()).toContain("von 1.234 Stück");
  expect(await part("set-price").textContent()).toBe("349,00\u00a0€");
  expect(await part("set-starts").textContent()).toMatch(/^\w\w\.?,? \d+\. /);
  await page.getByRole("cell", { name: "698,00 €" }).waitFor();
  await part("report-run").click();
  await page.getByText(/^Jedes Stück ist nachgewiesen\./).waitFor();
  await page.getByText("Was die kleinen Wörter bedeuten").click();
  expect(await englishPieces(gerda)).toEqual([]);
  await page.getByRole("button", { name: orderId }).click();
  await page.getByText("1. Bestätigt").waitFor();
  expect(await englishPieces(gerda)).toEqual([]);
  await page.getByRole("button", { name: "Schließen" }).click();

  await part("edit").click();
  await page.waitForURL("**/de/admin/edit/?id=*");
  await expect.poll(() => page.getByLabel("Preis für ein Stück").inputValue()).toBe("349,00");
  for (const mode of ["waiting_room", "draw", "open"]) {
    await part("mode-kind").selectOption(mode);
    expect([mode, await englishPieces(gerda)]).toEqual([mode, []]);
  }
});

test("refusals are in German: of the page, of a field by the API, and of what the gate refuses", async () => {
  const saleId = await newSale(cloud, { name: "Lampe", allocated: 5 });
  await buyByApi(cloud, saleId);
  await buyByApi(cloud, saleId);
  const gerda = await operator();
  const { page, part } = gerda;
  await gerda.open(`/de/admin/sale/?id=${saleId}`);
  await part("allocation").fill("1");
  await page.keyboard.press("Enter");
  await part("confirm-name").fill("Lampe");
  await page.keyboard.press("Enter");
  await page
    .getByText(/^So, wie es jetzt steht, geht das nicht: 2 Stück sind vergeben: .* \(Anfrage /)
    .waitFor();

  await gerda.open(`/de/admin/edit/?id=${saleId}`);
  await expect.poll(() => page.getByLabel("Preis für ein Stück").inputValue()).toBe("349,00");
  await page.getByLabel("Preis für ein Stück").fill("12.345");
  await page.getByRole("button", { name: "Speichern" }).click();
  await page.getByText("Geben Sie einen Preis ein wie 129,90").waitFor();
  await page.getByLabel("Preis für ein Stück").fill("349");
  await page.getByLabel("Versuche pro Käufer").fill("10001");
  await page.getByRole("button", { name: "Speichern" }).click();
  await page.locator(".field-error").filter({ hasText: "höchstens 10.000, nicht 10.001" }).waitFor();
  await page.getByLabel("Versuche pro Käufer").fill("10");
  await page.getByLabel("Preis für ein Stück").fill("350,50");
  await page.getByRole("button", { name: "Speichern" }).click();
  await part("notice").filter({ hasText: "Sein Preis lässt sich nicht mehr ändern" }).waitFor();
  expect(await englishPieces(gerda)).toEqual([]);
});

test("a sale gets a German name on demand, which German pages show and a clone keeps", async () => {
  const saleId = await newSale(cloud, { name: "Kettle", allocated: 5 });
  const gerda = await operator();
  const { page, part } = gerda;
  await gerda.open(`/de/admin/edit/?id=${saleId}`);
  await expect.poll(() => page.getByLabel("Preis für ein Stück").inputValue()).toBe("349,00");
  const name = page.getByLabel("Name auf Deutsch");
  expect(await name.isVisible()).toBe(false);
  await page.getByText("Name und Beschreibung nach Sprache").click();
  await name.fill("Kessel");
  await page.getByRole("button", { name: "Speichern" }).click();
  await page.waitForURL("**/de/admin/sale/?id=*");
  await page.getByText("Name auf Deutsch: – → Kessel").waitFor();
  await part("clone").click();
  await expect.poll(() => name.inputValue()).toBe("Kessel");
  expect(await name.isVisible()).toBe(true);

  await gerda.open(`/de/sale/${saleId}`);
  await gerda.state("open");
  expect(await part("name").textContent()).toBe("Kessel");
  expect(await page.title()).toContain("Kessel");
  await gerda.open("/de/");
  await page.getByRole("link", { name: "Kessel" }).waitFor();
});

test("the switch keeps the page and its sale, and is remembered", async () => {
  const saleId = await newSale(cloud, { name: "Umschalter" });
  const hans = await operator({ locale: "de-AT" });
  await hans.open(`/de/admin/sale/?id=${saleId}`);
  await hans.page.getByText(/^Angelegt von /).waitFor();
  await hans.part("other-locale").click();
  await hans.page.waitForURL(`${cloud.siteUrl}/admin/sale/?id=${saleId}`);
  await hans.page.getByText(/^Created by /).waitFor();
  await hans.open("/admin/");
  await hans.page.getByRole("link", { name: "Umschalter" }).waitFor();
  expect(await hans.page.locator("html").getAttribute("lang")).toBe("en");
  await hans.part("other-locale").click();
  await hans.page.waitForURL("**/de/admin/");
});

test(
  "in German every page of the console is accessible and fits phone and desktop",
  { timeout: 90_000 },
  async () => {
    const saleId = await newSale(cloud, { name: "Handgroß", allocated: 2 });
    await buyByApi(cloud, saleId);
    const gerda = await operator();
    for (const [path, ready] of [
      ["/de/admin/", "Handgroß"],
      [`/de/admin/sale/?id=${saleId}`, "Angelegt von"],
      [`/de/admin/edit/?id=${saleId}`, "Verkauf bearbeiten"],
    ] as const) {
      await gerda.open(path);
      await gerda.page.getByText(ready).first().waitFor();
      for (const size of [
        { width: 320, height: 640 },
        { width: 1280, height: 800 },
      ]) {
        await gerda.page.setViewportSize(size);
        expect([path, size, await violations(gerda)]).toEqual([path, size, []]);
        await expect
          .poll(() => layoutFaults(gerda), { message: `${path} at ${size.width} px`, timeout: 5_000 })
          .toEqual([]);
      }
      await gerda.page.setViewportSize({ width: 640, height: 400 });
      await gerda.page.evaluate(`document.documentElement.style.fontSize = "200%"`);
      await expect.poll(() => layoutFaults(gerda), { message: `${path} with large text` }).toEqual([]);
    }
  },
);
