import { expect, test } from "vitest";
import type { SaleNumbers } from "../../core/contract/admin.ts";
import type { Role } from "../../core/contract/identity.ts";
import { localSession } from "../../load/local-session.ts";
import { callApi } from "../../local/call-api.ts";
import { browserCloud, buyByApi, newSale } from "./browser-cloud.ts";
import { layoutFaults } from "./layout-faults.ts";
import type { Shopper } from "./shopper.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud();
const newPerson = testShoppers(cloud);

const numbersOf = (saleId: string) =>
  callApi<SaleNumbers>(cloud.apiUrl, `GET /api/admin/sales/${saleId}`, {
    token: localSession("viewer").token,
  });

/** A sale with one order, and somebody of the staff who sees it in the console. */
async function watchOrder(role: Role, quantity: number) {
  const saleId = await newSale(cloud, { name: "Set of bowls", allocated: 9, purchaseLimit: 4 });
  const { orderId } = await buyByApi(cloud, saleId, localSession().token, quantity);
  const person = await newPerson({ token: localSession(role).token });
  await person.open(`/admin/sale/?id=${saleId}`);
  const row = person.page.getByRole("button", { name: orderId });
  await row.waitFor();
  return { saleId, orderId, row, ...person };
}
const focused = ({ page }: Pick<Shopper, "page">) =>
  page.evaluate<string>("document.activeElement.dataset.part ?? document.activeElement.textContent");
const cellsOf = ({ page }: Pick<Shopper, "page">, orderId: string) =>
  page.getByRole("row", { name: orderId }).getByRole("cell").allTextContents();

test("an admin takes units back by keyboard: on sale again, then off sale; what came of it is shown everywhere", async () => {
  const { saleId, orderId, row, ...olga } = await watchOrder("admin", 3);
  const { page, part } = olga;
  await row.focus();
  await page.keyboard.press("Enter");
  await page.getByText("1. Confirmed").waitFor();
  expect(await focused(olga)).toBe("order-heading");
  expect(await part("cancel-units").inputValue()).toBe("3");

  await part("cancel-units").focus();
  await page.keyboard.type("1");
  await page.keyboard.press("Home");
  await page.keyboard.press("Delete");
  expect(await part("cancel-units").inputValue()).toBe("1");
  await page.keyboard.press("Enter");
  await page.getByText("Say why.").waitFor();
  expect(await focused(olga)).toBe("cancel-reason");
  await page.keyboard.type("the buyer asked");
  await page.keyboard.press("Enter");
  await page.getByText("Done. 1 unit was taken back, and on sale again.").waitFor();
  await page.getByText("1 unit: on sale again. the buyer asked (you)").waitFor();

  await page.getByLabel("When they are back").selectOption("withheld");
  await part("cancel-reason").fill("broken");
  await part("cancel-units").fill("1");
  await page.keyboard.press("Enter");
  await page.getByText("Done. 1 unit was taken back, and off sale.").waitFor();
  expect(await part("order-events").locator("li > p:first-child").allTextContents()).toEqual([
    "1. Confirmed",
    "2. Units taken back",
    "3. Units taken back",
  ]);
  await page.keyboard.press("Escape");
  expect(await part("order-dialog").isVisible()).toBe(false);
  await expect.poll(() => cellsOf(olga, orderId)).toContain("partly returned, 1 withheld");
  expect(await cellsOf(olga, orderId)).toContain("1 of 3");
  expect(await focused(olga)).toBe(orderId);
  await expect.poll(() => part("tile-withheld").locator(".value").textContent()).toBe("1");
  await expect.poll(() => part("tile-sold").locator(".value").textContent()).toBe("1");
  expect(await numbersOf(saleId)).toMatchObject({ stock: { available: 7, sold: 1, withheld: 1 } });
  await page.getByText(`${orderId}: 1 unit, taken off sale. broken`).waitFor();

  await part("orders-state").selectOption("returned");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByText("No order found.").waitFor();
  await part("orders-state").selectOption("partly_returned");
  await page.getByRole("button", { name: "Find" }).click();
  await row.waitFor();
});

test("a lost answer is repeated as the same wish; one that comes too late is refused with the reason", async () => {
  const { saleId, row, page, part } = await watchOrder("operator", 2);
  const other = await newPerson({ token: localSession("operator").token });
  await other.open(`/admin/sale/?id=${saleId}`);
  await other.part("order-rows").getByRole("button").click();
  await other.page.getByText("1. Confirmed").waitFor();

  const keys: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/cancel")) keys.push(request.headers()["idempotency-key"] ?? "");
  });
  await page.route("**/cancel", (route) => route.fetch().then(() => route.abort()), { times: 1 });
  await row.click();
  await page.getByText("1. Confirmed").waitFor();
  await part("cancel-units").fill("1");
  await part("cancel-reason").fill("torn");
  await part("cancel-submit").click();
  await page.getByText("Sent again unchanged, it is the same wish.").waitFor();
  await part("cancel-submit").click();
  await page.getByText("Done. 1 unit was taken back").waitFor();
  expect(await part("cancel-withheld").isDisabled()).toBe(true);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  expect(await numbersOf(saleId)).toMatchObject({ stock: { sold: 1 }, orders: { soldUnits: 1 } });

  expect(await other.part("cancel-units").inputValue()).toBe("2");
  await other.part("cancel-reason").fill("all of it");
  await other.part("cancel-submit").click();
  await other.page.getByText("Refused: more units than it had left.").waitFor();
  await other.page.getByText("3. Wish refused: more units than it had left").waitFor();
  await other.page.getByText("2 units: on sale again. all of it (you)").waitFor();
  await part("order-close").click();
});

test("a viewer sees what became of an order, and can take nothing back", async () => {
  const { row, page, part } = await watchOrder("viewer", 1);
  await row.click();
  await page.getByText("1. Confirmed").waitFor();
  expect(await part("cancel-form").isVisible()).toBe(false);
});

test("the dialog is accessible and fits phone and desktop, light and dark, and large text", async () => {
  const { row, ...olga } = await watchOrder("operator", 2);
  const { page } = olga;
  for (const size of [
    { width: 320, height: 640 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(size);
    await row.click();
    await page.getByText("1. Confirmed").waitFor();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect([size, colorScheme, await violations(olga)]).toEqual([size, colorScheme, []]);
    }
    await expect.poll(() => layoutFaults(olga), { message: `${size.width} px` }).toEqual([]);
    await page.keyboard.press("Escape");
    await expect.poll(() => layoutFaults(olga), { message: `the page at ${size.width} px` }).toEqual([]);
  }
  await page.setViewportSize({ width: 640, height: 400 });
  await page.evaluate(`document.documentElement.style.fontSize = "200%"`);
  await row.click();
  await expect.poll(() => layoutFaults(olga), { message: "large text" }).toEqual([]);
});
