import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { BuyerExport } from "../../core/contract/buyer-data.ts";
import { localSession } from "../../load/local-session.ts";
import { signIn } from "../../local/sign-in.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import { layoutFaults } from "./layout-faults.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud();
const newPerson = testShoppers(cloud);

test("an admin gives, lowers and takes roles, exports and deletes a buyer's data, and sees each act", async () => {
  await signIn(cloud, "buyer@example.com");
  const { page, part, open } = await newPerson({ token: localSession("admin").token });
  await open("/admin/people/");
  await page.getByText("set by the deployment").first().waitFor();
  const people = part("people");
  await people.getByLabel("Mail address").fill("olaf@example.com");
  await people.getByLabel("Role", { exact: true }).selectOption("operator");
  await people.getByRole("button", { name: "Give role" }).click();
  await page.getByText("olaf@example.com: operator.").waitFor();
  await page.getByLabel("Role: olaf@example.com").selectOption("viewer");
  await page.getByText("olaf@example.com: viewer.").waitFor();
  page.once("dialog", (dialog) => void dialog.accept());
  await page.getByRole("button", { name: "Take away: olaf@example.com" }).click();
  await page.getByText("olaf@example.com: no role.").waitFor();
  await page.getByText("olaf@example.com: viewer → no role").waitFor();

  const data = part("buyer-data");
  await data.getByLabel(/Mail address/).fill("nobody");
  await data.getByRole("button", { name: "Download" }).click();
  await page.getByText("Enter a mail address, or a number").waitFor();
  await data.getByLabel(/Mail address/).fill("buyer@example.com");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    data.getByRole("button", { name: "Download" }).click(),
  ]);
  const saved = JSON.parse(readFileSync(await download.path(), "utf8")) as BuyerExport;
  expect(saved.identity.map(({ email }) => email)).toContain("buyer@example.com");
  page.once("dialog", (dialog) => void dialog.accept());
  await data.getByRole("button", { name: "Delete" }).click();
  await page.getByText("Done: the address and all that leads to it is gone.").waitFor();
  await part("erasure-rows").getByText(saved.buyerId).waitFor();
  await part("act-entries").getByText("asked for by you").waitFor();
  expect(await part("act-entries").textContent()).not.toContain("buyer@example.com");
  await part("stuck").getByRole("button", { name: "Look" }).click();
  await page.getByText("Nothing is stuck.").waitFor();
});

test("an operator sees stuck orders alone, in German too; the page is accessible and fits a phone", async () => {
  const operator = await newPerson({ token: localSession("operator").token });
  await operator.open("/de/admin/people/");
  await operator.page.getByText("sind Sache der Verwalter").waitFor();
  expect(await operator.part("people").isVisible()).toBe(false);
  await operator.part("stuck").getByRole("button", { name: "Nachsehen" }).click();
  await operator.page.getByText("Nichts hängt.").waitFor();
  const admin = await newPerson({ token: localSession("admin").token });
  for (const size of [
    { width: 320, height: 640 },
    { width: 1280, height: 800 },
  ]) {
    await admin.page.setViewportSize(size);
    await admin.open("/de/admin/people/");
    await admin.page.getByText("durch die Installation gesetzt").first().waitFor();
    expect([size.width, await layoutFaults(admin), await violations(admin)]).toEqual([size.width, [], []]);
  }
});

test("a go is decided where the sale is watched; in the last ten minutes the console asks for it", async () => {
  const saleId = await newSale(cloud, {
    startsAt: new Date(Date.now() + 9 * 60_000).toISOString(),
  });
  const { page, part, open } = await newPerson({ token: localSession("operator").token });
  await open(`/admin/sale/?id=${saleId}`);
  await page.getByText("opens within ten minutes, and nobody has decided go").waitFor();
  await part("go-go").click();
  await page.getByText("since the preflight speaks against it").waitFor();
  await page.getByLabel(/^Why/).fill("a test");
  await part("go-go").click();
  await page.getByText(/Go, decided by .*: a test/).waitFor();
  expect(await part("go-banner").isVisible()).toBe(false);
  await page.getByText(/Go or no-go decided by you/).waitFor();
});
