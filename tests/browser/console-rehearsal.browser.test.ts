import { expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import { browserCloud } from "./browser-cloud.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud({ schedules: ["guardian"] });
const newPerson = testShoppers(cloud);
const AT_LAST = { timeout: 90_000 };

test("a launch with a lost Redis is rehearsed from the console, in German, and nothing of it is left", async () => {
  const operator = await newPerson({ token: localSession("operator").token });
  const { page, open, part } = operator;
  await open("/de/admin/");
  await page.getByRole("link", { name: "Proben" }).click();
  await page.getByLabel("Menschen, die zugleich kommen").fill("40");
  await page.getByLabel("Stück").fill("10");
  await page.getByLabel("Was dabei schiefgeht").selectOption("redis_loss");
  const start = page.getByRole("button", { name: "Proben" });
  // Who pays asks the provider, which lets few through in its test mode.
  await page.getByLabel("Menschen, die zugleich kommen").fill("101");
  await page.getByLabel("Was es kostet").selectOption("held");
  await start.click();
  await page.getByText("höchstens 100, wo bezahlt wird").waitFor();
  await page.getByLabel("Menschen, die zugleich kommen").fill("40");
  await page.getByLabel("Was es kostet").selectOption("none");
  await start.click();
  await page.getByText("Die Menge ist unterwegs.").waitFor();
  // While it goes on it is watched like any sale.
  await page.getByRole("link", { name: "Dem Verkauf zusehen" }).click();
  await part("tile-sold").getByText("10", { exact: true }).waitFor(AT_LAST);
  await open("/de/admin/rehearsals/");
  await part("verdict").getByText("Bereit: jedes Gesetz gilt").waitFor(AT_LAST);
  await part("state").getByText("Nichts davon ist übrig").waitFor(AT_LAST);
  await page.locator("summary").click();
  expect(await part("law-list").locator("li").allTextContents()).toContainEqual(
    expect.stringMatching(/^✓ recoveries of the gate ≥ 1: 1 und 1$/),
  );
  expect(await part("answers").textContent()).toContain("accepted 10, sold_out 30");
  expect(await violations(operator)).toEqual([]);
}, 240_000);
