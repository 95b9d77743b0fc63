import { expect, test } from "vitest";
import type { SaleNumbers } from "../../core/contract/admin.ts";
import type { Role } from "../../core/contract/identity.ts";
import { localSession } from "../../load/local-session.ts";
import { callApi } from "../../local/call-api.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import type { Shopper } from "./shopper.ts";
import { testShoppers } from "./test-shoppers.ts";

const cloud = await browserCloud();
const newPerson = testShoppers(cloud);
const someone = (role: Role, timezoneId = "Europe/Berlin") =>
  newPerson({ token: localSession(role).token, timezoneId });

const stored = (saleId: string) =>
  callApi<SaleNumbers>(cloud.apiUrl, `GET /api/admin/sales/${saleId}`, {
    token: localSession("viewer").token,
  });
const save = ({ page }: Shopper) => page.getByRole("button", { name: "Save" }).click();
const idOf = ({ page }: Shopper) => new URL(page.url()).searchParams.get("id") ?? "";
/** Saving is refused with a sentence at the field that is wrong, which gets the focus; it is said nowhere else. */
async function expectWrong(person: Shopper, field: string, sentence: string): Promise<void> {
  await save(person);
  const error = person.page.locator(".field-error").filter({ hasText: sentence });
  await error.waitFor();
  const marked = person.page.locator("[aria-invalid=true]");
  expect(await marked.count()).toBe(1);
  expect(await marked.getAttribute("aria-errormessage")).toBe(await error.getAttribute("id"));
  expect(await person.page.evaluate("document.activeElement.name")).toBe(field);
  expect(await person.part("notice").isVisible()).toBe(false);
}

async function openForm(person: Shopper, query: string): Promise<void> {
  await person.open(`/admin/edit/?${query}`);
  await expect.poll(() => person.page.getByLabel("Allocated units").inputValue()).not.toBe("");
}

test("a sale across the night when clocks go forward is stored as both of its moments", async () => {
  const nina = await someone("operator");
  const { page, part } = nina;
  const [starts, ends] = [page.getByLabel("Starts"), page.getByLabel("Ends")];
  await nina.open("/admin/edit/");
  await page.getByLabel("Name", { exact: true }).fill("Night lamp");
  await page.getByLabel("Price of one unit").fill("12.345");
  await page.getByLabel("Allocated units").fill("3");

  await starts.fill("2027-03-28T02:30:00");
  expect(await part("startsAt-both").textContent()).toBe("Clocks in this zone never show this time.");
  await expectWrong(nina, "startsAt", "Enter a start that exists in the chosen time zone.");
  await starts.fill("2027-03-27T10:00:00");
  await ends.fill("2027-03-27T09:00:00");
  await expectWrong(nina, "endsAt", "Enter an end after the start");
  await ends.fill("2027-03-28T10:00:00");
  await expectWrong(nina, "priceMinor", "Enter a price such as 129.90");
  // What the browser complains of by itself takes away what was said before.
  await page.getByLabel("Name", { exact: true }).fill("");
  await save(nina);
  await expect.poll(() => page.locator("[aria-invalid=true]").count(), { timeout: 5_000 }).toBe(0);
  await page.getByLabel("Name", { exact: true }).fill("Night lamp");
  await page.getByLabel("Price of one unit").fill("12.34");

  expect(await part("startsAt-both").textContent()).toContain("2027-03-27 09:00:00 UTC");
  expect(await part("endsAt-both").textContent()).toContain("2027-03-28 08:00:00 UTC");
  await save(nina);
  await part("pause").waitFor();
  expect(await stored(idOf(nina))).toMatchObject({
    priceMinor: 1234,
    startsAt: "2027-03-27T09:00:00.000Z",
    endsAt: "2027-03-28T08:00:00.000Z",
  });
  // Going back does not lead to the form, which a browser would fill in again: saved once more it made a second sale.
  await page.goBack();
  expect(page.url()).not.toContain("/admin/edit/");

  // A session that ends in mid-form takes nothing away.
  await nina.open("/admin/edit/");
  await page.getByLabel("Name", { exact: true }).fill("Half typed");
  await page.getByLabel("Price of one unit").fill("1");
  await page.getByLabel("Allocated units").fill("3");
  await nina.context.clearCookies();
  await save(nina);
  await part("notice").filter({ hasText: "what you have typed stays" }).waitFor();
  expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Half typed");
});

test("an edit changes what was changed, and nothing else; a lower allocation asks for the sale's name", async () => {
  // The second of the two half past two that clocks in Berlin show on this night: the form cannot say which.
  const startsAt = "2027-10-31T01:30:00.000Z";
  const saleId = await newSale(cloud, {
    name: "Twice at half past two",
    startsAt,
    allocated: 5,
    purchaseLimit: 2,
  });
  const olga = await someone("operator");
  await olga.open(`/admin/sale/?id=${saleId}`);
  await olga.part("edit").click();
  await expect
    .poll(() => olga.page.getByLabel("Allocated units").inputValue(), { timeout: 15_000 })
    .toBe("5");
  expect(await olga.page.getByLabel("Starts").inputValue()).toMatch(/^2027-10-31T02:30/);
  await save(olga);
  await olga.part("notice").filter({ hasText: "Nothing was changed." }).waitFor();
  await olga.page.getByLabel("Name", { exact: true }).fill("Half past two");
  await olga.page.getByLabel("Units per buyer").fill("3");
  await save(olga);
  await olga.part("pause").waitFor();
  expect(await olga.part("sale-name").textContent()).toBe("Half past two");
  expect(await stored(saleId)).toMatchObject({
    name: "Half past two",
    purchaseLimit: 3,
    startsAt,
    revision: 3,
  });

  await openForm(olga, `id=${saleId}`);
  await olga.page.getByLabel("Allocated units").fill("4");
  await save(olga);
  await olga.part("confirm-name").fill("Twice at half past two");
  await olga.page.keyboard.press("Enter");
  await olga.page.getByText("That is not its name.").waitFor();
  expect((await stored(saleId)).stock?.allocated).toBe(5);
  await olga.part("confirm-name").fill("Half past two");
  await olga.page.keyboard.press("Enter");
  await olga.part("pause").waitFor();
  expect(await stored(saleId)).toMatchObject({
    stock: { allocated: 4, available: 4 },
    startsAt,
    revision: 5,
  });
});

test("two operators who change different fields do not undo each other", async () => {
  const saleId = await newSale(cloud, { name: "Shared", allocated: 5 });
  const [ann, ben] = [await someone("operator"), await someone("admin", "America/New_York")];
  await Promise.all([ann, ben].map((operator) => openForm(operator, `id=${saleId}`)));
  await ann.page.getByLabel("Description", { exact: true }).fill("By Ann");
  await save(ann);
  await ann.part("pause").waitFor();
  await ben.page.getByLabel("Allocated units").fill("8");
  await save(ben);
  await ben.part("pause").waitFor();
  expect(await stored(saleId)).toMatchObject({ description: "By Ann", stock: { allocated: 8 } });
});

test("a clone is a sale of its own with the same settings and no times", async () => {
  const saleId = await newSale(cloud, { name: "Model", allocated: 6, purchaseLimit: 2, priceMinor: 4_950 });
  const cleo = await someone("operator");
  await cleo.open(`/admin/sale/?id=${saleId}`);
  await cleo.part("clone").click();
  await expect.poll(() => cleo.page.getByLabel("Name", { exact: true }).inputValue()).toBe("Copy of Model");
  expect(await cleo.page.getByLabel("Starts").inputValue()).toBe("");
  await cleo.page.getByLabel("Starts").fill("2027-06-01T10:00:00");
  await save(cleo);
  // It is a draft until somebody publishes it.
  await cleo.part("to-listed").waitFor();
  expect(idOf(cleo)).not.toBe(saleId);
  expect(await stored(idOf(cleo))).toMatchObject({
    name: "Copy of Model",
    priceMinor: 4_950,
    purchaseLimit: 2,
    startsAt: "2027-06-01T08:00:00.000Z",
    stock: { allocated: 6, available: 6 },
  });
  expect(await stored(saleId)).toMatchObject({ name: "Model", revision: 1 });
});

test("viewers see and change nothing; operators and admins may do all", async () => {
  const saleId = await newSale(cloud, { name: "For roles" });
  for (const role of ["viewer", "operator", "admin"] as const) {
    const mayChange = role !== "viewer";
    const person = await someone(role);
    await person.open("/admin/");
    await person.page.getByRole("link", { name: "For roles" }).waitFor();
    expect([role, await person.part("staff-role").textContent()]).toEqual([role, role]);
    expect([role, await person.part("new-sale").isVisible()]).toEqual([role, mayChange]);
    await person.page.getByRole("link", { name: "For roles" }).click();
    await person.page.getByText("Created by").waitFor();
    for (const control of ["pause", "end", "edit", "clone", "allocation-form"])
      expect([role, control, await person.part(control).isVisible()]).toEqual([role, control, mayChange]);
    await person.open(`/admin/edit/?id=${saleId}`);
    await person.part(mayChange ? "sale-form" : "notice").waitFor();
    expect([role, await person.part("sale-form").isVisible()]).toEqual([role, mayChange]);
  }
});
