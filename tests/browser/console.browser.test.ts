import { expect, test } from "vitest";
import type { AdminSaleList } from "../../core/contract/admin.ts";
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
const someone = (role: Role, options: Parameters<typeof newPerson>[0] = {}) =>
  newPerson({ token: localSession(role).token, ...options });

const saleNamed = async (name: string) => {
  const { token } = localSession("viewer");
  const { sales } = await callApi<AdminSaleList>(cloud.apiUrl, "GET /api/admin/sales", { token });
  return sales.find((sale) => sale.name === name);
};

test("an operator creates a sale, pauses and resumes it, and ends it by typing its name", async () => {
  const { page, part, open } = await someone("operator", { timezoneId: "Europe/Berlin" });
  await open("/admin/");
  await part("new-sale").click();
  await page.getByLabel("Name", { exact: true }).fill("Enamel kettle");
  await page.getByLabel("Price of one unit").fill("49.90");
  await page.getByLabel("Allocated units").fill("7");
  await page.getByLabel("Starts").fill("2026-01-15T10:00:00");
  expect(await part("startsAt-both").textContent()).toContain("2026-01-15 09:00:00 UTC");
  await page.getByRole("button", { name: "Save" }).click();
  await part("pause").waitFor();
  expect(await part("sale-name").textContent()).toBe("Enamel kettle");
  expect(await saleNamed("Enamel kettle")).toMatchObject({
    priceMinor: 4990,
    startsAt: "2026-01-15T09:00:00.000Z",
    stock: { allocated: 7, available: 7, held: 0, sold: 0 },
  });

  await part("pause").click();
  await page.getByText(/^Paused\. From the click until nothing was sold any more: \d+ ms\.$/).waitFor();
  expect(await saleNamed("Enamel kettle")).toMatchObject({ gateState: "paused" });
  const focused = () => page.evaluate("document.activeElement.dataset.part");
  // A button that goes hands the focus on, so that the keyboard is not sent back to the top.
  await expect.poll(focused, { timeout: 5_000 }).toBe("resume");
  await page.keyboard.press("Enter");
  await page.getByText(/^Resumed\. From the click/).waitFor();
  expect(await saleNamed("Enamel kettle")).toMatchObject({ gateState: "running" });

  await part("end").click();
  expect(await part("confirm-action").textContent()).toBe("End the sale");
  await part("confirm-name").fill("another name");
  await page.keyboard.press("Enter");
  await page.getByText("That is not its name.").waitFor();
  expect(await saleNamed("Enamel kettle")).toMatchObject({ gateState: "running" });
  await part("confirm-name").fill("Enamel kettle");
  await page.keyboard.press("Enter");
  await page.getByText(/^Ended for good\./).waitFor();
  expect(await saleNamed("Enamel kettle")).toMatchObject({ state: "ended", gateState: "ended" });
  await page.getByText(/^Ended by you \(operator\)$/).waitFor();
  expect(await part("audit-entries").locator("li > p:first-child").allTextContents()).toEqual([
    "Ended by you (operator)",
    "Resumed by you (operator)",
    "Paused by you (operator)",
    "Created by you (operator)",
  ]);
});

test("a viewer watches a sale live, finds an order, and can change nothing", async () => {
  const saleId = await newSale(cloud, { name: "Watched", allocated: 3 });
  const { page, part, open } = await someone("viewer");
  await open(`/admin/sale/?id=${saleId}`);
  const sold = part("tile-sold").locator(".value");
  await expect.poll(() => sold.textContent()).toBe("0");
  const { orderId } = await buyByApi(cloud, saleId);
  await expect.poll(() => sold.textContent(), { timeout: 5_000 }).toBe("1");
  await expect.poll(() => part("tile-rows").textContent(), { timeout: 5_000 }).toContain("all");
  await part("orders-search").fill(orderId);
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("cell", { name: orderId }).waitFor();
  await part("report-run").click();
  await page.getByText("Drift: 0 units. On the way to a row: 0.").waitFor();
  for (const control of ["pause", "resume", "end", "edit", "clone", "allocation-form"])
    expect(await part(control).isVisible()).toBe(false);
});

test("a refusal is shown with its reason, and a shopper sees no console", async () => {
  const saleId = await newSale(cloud, { name: "Taken", allocated: 3 });
  await buyByApi(cloud, saleId);
  await buyByApi(cloud, saleId);
  const { page, part, open } = await someone("operator");
  await open(`/admin/sale/?id=${saleId}`);
  await part("allocation").fill("1");
  await page.keyboard.press("Enter");
  await part("confirm-name").fill("Taken");
  await page.keyboard.press("Enter");
  await page.getByText(/2 units are taken: the allocation cannot go below that/).waitFor();

  const shopper = await someone("shopper");
  await shopper.open(`/admin/sale/?id=${saleId}`);
  await shopper.page.getByText("This account is not of the staff.").waitFor();
  expect(await shopper.part("console").isVisible()).toBe(false);
});

/** The chart takes the page's new width a frame later than the page. */
const expectLayout = (shopper: Shopper, where: string) =>
  expect.poll(() => layoutFaults(shopper), { message: where, timeout: 5_000 }).toEqual([]);

const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
] as const;

test(
  "every page of the console is accessible and fits phone and desktop, light and dark, zoomed and with large text",
  { timeout: 90_000 },
  async () => {
    const saleId = await newSale(cloud, { name: "Phone-sized", allocated: 2 });
    await buyByApi(cloud, saleId);
    const anyone = await someone("operator");
    const { page, part, open } = anyone;
    for (const [path, ready] of [
      ["/admin/", "Phone-sized"],
      [`/admin/sale/?id=${saleId}`, "Created by"],
      [`/admin/edit/?id=${saleId}`, "Edit sale"],
    ] as const) {
      await open(path);
      await page.getByText(ready).first().waitFor();
      if (path.startsWith("/admin/sale/")) {
        await part("report-run").click();
        await page.getByText("Drift: 0 units.").waitFor();
      }
      for (const size of SIZES) {
        await page.setViewportSize(size);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          expect([path, size, colorScheme, await violations(anyone)]).toEqual([path, size, colorScheme, []]);
        }
        await expectLayout(anyone, `${path} at ${size.width} px`);
      }
      await page.setViewportSize({ width: 640, height: 400 });
      await page.evaluate(`document.documentElement.style.fontSize = "200%"`);
      await expectLayout(anyone, `${path} with large text`);
    }
    await open(`/admin/sale/?id=${saleId}`);
    await part("end").click();
    expect(await violations(anyone)).toEqual([]);
    await expectLayout(anyone, "the dialog");
    await page.keyboard.press("Escape");
    expect(await part("confirm").isVisible()).toBe(false);
  },
);
