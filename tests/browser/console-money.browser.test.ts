import { expect, test } from "vitest";
import type { SaleNumbers } from "../../core/contract/admin.ts";
import type { OrderId } from "../../core/ids.ts";
import { openPayment } from "../../load/crowd/paid/ask-of-order.ts";
import { localSession } from "../../load/local-session.ts";
import { callApi } from "../../local/call-api.ts";
import { waitFor } from "../support/wait-for.ts";
import { browserCloud, buyByApi, newSale } from "./browser-cloud.ts";
import { layoutFaults } from "./layout-faults.ts";
import type { Shopper } from "./shopper.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud({ schedules: ["guardian"] });
const newPerson = testShoppers(cloud);
const LIMIT_MS = 120_000;

const stored = (saleId: string) =>
  callApi<SaleNumbers>(cloud.apiUrl, `GET /api/admin/sales/${saleId}`, {
    token: localSession("viewer").token,
  });
const save = ({ page }: Shopper) => page.getByRole("button", { name: "Save" }).click();

test(
  "a sale's form: minutes to pay in, a currency that can be paid in, and the law's exception, which its page says",
  async () => {
    const olga = await newPerson({ token: localSession("operator").token });
    const { page } = olga;
    const wrong = async (field: string, sentence: string) => {
      await save(olga);
      await page.locator(".field-error").filter({ hasText: sentence }).waitFor();
      expect(await page.evaluate("document.activeElement.name")).toBe(field);
    };
    await olga.open("/admin/edit/");
    await page.getByLabel("Name", { exact: true }).fill("Concert ticket");
    await page.getByLabel("Price of one unit").fill("49");
    await page.getByLabel("Allocated units").fill("9");
    await page.getByLabel("Starts").fill("2027-03-27T10:00:00");
    const minutes = page.getByLabel("Minutes to pay in");
    await minutes.fill("31");
    await wrong("holdMinutes", "Enter 1 to 30 minutes, or nothing.");
    await minutes.fill("10");
    await page.getByLabel("Currency").fill("ISK");
    await wrong("currency", "must be in one of these");
    await page.getByLabel("Currency").fill("EUR");
    await page.getByLabel("Days to withdraw in").fill("13");
    await wrong("withdrawalDays", "Enter 14 to 365 days.");
    await page.locator("select[name=withdrawal]").selectOption("dated_service");
    await save(olga);
    await olga.part("pause").waitFor();
    const saleId = new URL(page.url()).searchParams.get("id") ?? "";
    expect(await stored(saleId)).toMatchObject({
      payment: { kind: "held", holdSeconds: 600 },
      withdrawal: { kind: "excepted", exception: "dated_service" },
    });
    await olga.open(`/admin/edit/?id=${saleId}`);
    await expect.poll(() => minutes.inputValue()).toBe("10");
    const shopper = await newPerson();
    await shopper.open(`/sale/?id=${saleId}`);
    await shopper
      .part("withdrawal")
      .filter({ hasText: "there is no right to withdraw from an order here: it is for a date" })
      .waitFor();
    expect(await violations(shopper)).toEqual([]);
  },
  LIMIT_MS,
);

/** An order of 49.00 that was paid for with a card of the stand-in. */
async function aPaidOrder(choice: string) {
  const saleId = await newSale(cloud, {
    priceMinor: 4_900,
    payment: { kind: "held", holdSeconds: 600 },
  });
  const buyer = localSession();
  const orderId = (await buyByApi(cloud, saleId, buyer.token)).orderId as OrderId;
  const opened = await openPayment(cloud.apiUrl, { orderId, token: buyer.token });
  await fetch(`${opened?.url}/${choice}`, { method: "POST", redirect: "manual" });
  await waitFor("it is confirmed", async () => {
    const order = await callApi<{ state: string }>(cloud.apiUrl, `GET /api/sale/order/${orderId}`, {
      token: buyer.token,
    });
    return order.state === "confirmed";
  });
  return { saleId, orderId };
}

async function watchOrder({ saleId, orderId }: Awaited<ReturnType<typeof aPaidOrder>>) {
  const person = await newPerson({ token: localSession("operator").token });
  await person.open(`/admin/sale/?id=${saleId}`);
  await person.page.getByRole("button", { name: orderId }).click();
  await person.part("order-money").filter({ hasText: "Taken: €49.00" }).waitFor();
  return person;
}

test(
  "an operator pays some of an order's money back while its units stay: what is wrong is said, what went back is shown",
  async () => {
    const { page, part, ...olga } = await watchOrder(await aPaidOrder("pay"));
    await part("refund-amount").fill("49.01");
    await part("refund-submit").click();
    await part("refund-error").filter({ hasText: "at most €49.00" }).waitFor();
    await part("refund-amount").fill("5");
    await part("refund-submit").click();
    await part("refund-error").filter({ hasText: "Say why." }).waitFor();
    await part("refund-reason").fill("scratched");
    expect(await layoutFaults({ page, part, ...olga })).toEqual([]);
    await part("refund-submit").click();
    await page.getByText("Done. What comes of it is listed below.").waitFor();
    await expect
      .poll(
        async () => {
          await page.keyboard.press("Escape");
          await page.getByRole("button", { name: /^ord_/ }).first().click();
          await part("order-refunds").locator("li").first().waitFor();
          return part("order-money").textContent();
        },
        { timeout: 30_000 },
      )
      .toBe("Taken: €49.00. Paid back: €5.00. What stands: €44.00.");
    expect(await part("order-refunds").locator("li").allTextContents()).toEqual(["€5.00: paid back"]);
  },
  LIMIT_MS,
);

test(
  "a refund that a bank sends back is shown with what to do, and is paid back another way",
  async () => {
    const { page, part } = await watchOrder(await aPaidOrder("refunds_sent_back"));
    await part("refund-amount").fill("5");
    await part("refund-reason").fill("scratched");
    await part("refund-submit").click();
    await page.getByText("Done. What comes of it is listed below.").waitFor();
    const line = part("order-refunds").locator("li.bad");
    await expect
      .poll(
        async () => {
          await page.keyboard.press("Escape");
          await page.getByRole("button", { name: /^ord_/ }).first().click();
          await part("order-refunds").locator("li").first().waitFor();
          return line.count();
        },
        { timeout: 30_000 },
      )
      .toBe(1);
    expect(await line.textContent()).toContain("could not be paid back");
    await part("refund-what").selectOption({ label: "€5.00 was paid back another way" });
    expect(await part("refund-amount").isVisible()).toBe(false);
    await part("refund-reason").fill("by bank transfer");
    await part("refund-submit").click();
    await page.getByText("Done. What comes of it is listed below.").waitFor();
    await expect
      .poll(() => part("order-refunds").locator("li").allTextContents())
      .toEqual(["€5.00: paid back"]);
  },
  LIMIT_MS,
);
