import type { Response } from "playwright-core";
import { expect, test } from "vitest";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { prepareAttempts } from "../../load/crowd/prepare-attempts.ts";
import { sendCrowd } from "../../load/crowd/send-crowd.ts";
import { localSession } from "../../load/local-session.ts";
import { awaitSettled } from "../../load/verdict/await-settled.ts";
import { readAnswer } from "../../load/verdict/read-answer.ts";
import { judge } from "../../load/verdict/verdict.ts";
import { browserCloud } from "./browser-cloud.ts";
import type { Shopper } from "./shopper.ts";
import { signInByMail } from "./sign-in-by-mail.ts";
import { testShoppers } from "./test-shoppers.ts";

const UNITS = 40;
const CONNECTIONS = 4;
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;

const cloud = await browserCloud({ schedules: ["guardian"] });
const newPerson = testShoppers(cloud);

/** Keeps the highest figure that each line of the console's legend has shown, for a burst is over within a second. */
const watchRates = `
  globalThis.highest = {};
  const look = () => {
    for (const figure of document.querySelectorAll('[data-part^="rate-"]'))
      highest[figure.dataset.part] = Math.max(highest[figure.dataset.part] ?? 0, Number(figure.textContent) || 0);
  };
  new MutationObserver(look).observe(document.querySelector('[data-part="rates"]'), { subtree: true, childList: true });
`;
const picture = ({ page }: Shopper) =>
  page.evaluate<string>(`document.querySelector('[data-part="chart"] canvas').toDataURL()`);
const shows = (operator: Shopper, tile: string, value: string) =>
  operator.part(`tile-${tile}`).locator(".value").getByText(value, { exact: true }).waitFor();

async function createInConsole(operator: Shopper): Promise<SaleId> {
  const { page, part, open } = operator;
  await open("/admin/");
  await part("new-sale").click();
  await page.getByLabel("Name", { exact: true }).fill("Watched lamp");
  await page.getByLabel("Price of one unit").fill("129");
  await page.getByLabel("Allocated units").fill(String(UNITS));
  await page.getByLabel("Starts").fill("2026-01-15T10:00:00");
  await page.getByRole("button", { name: "Save" }).click();
  await part("pause").waitFor();
  return new URL(page.url()).searchParams.get("id") as SaleId;
}

const buyers = (saleId: SaleId, count: number, seed: number) =>
  sendCrowd({
    apiUrl: cloud.apiUrl,
    attempts: prepareAttempts(cloud.apiUrl, saleId, { buyers: count, twice: 1 / 3, seed }),
    connections: CONNECTIONS,
  });

/** What the phone was answered, as a line of the client log. */
async function answerTo(phone: Shopper, response: Response) {
  const session = "fetch('/api/identity/session').then((answer) => answer.json())";
  const { buyerId } = await phone.page.evaluate<{ buyerId: BuyerId }>(session);
  const key = (await response.request().allHeaders())["idempotency-key"] ?? "";
  const sent = { buyerId, key, quantity: 1, sentAtMs: 0, answeredAtMs: 0 };
  return readAnswer(sent, { status: response.status(), body: await response.text() });
}

test(
  "a sale made in the console is watched while a crowd buys it out, and its last unit goes to a phone",
  { timeout: 90_000 },
  async () => {
    const operator = await newPerson({ token: localSession("operator").token });
    const saleId = await createInConsole(operator);
    const phone = await newPerson(PHONE);
    await phone.open("/");
    await phone.page.getByRole("link", { name: "Watched lamp" }).tap();
    await phone.state("open");
    await signInByMail(cloud, phone, "phone@example.com");
    await phone.part("stock-left").getByText(`${UNITS} of ${UNITS} left`).waitFor();
    await shows(operator, "available", String(UNITS));
    await operator.part("rate-reserved").getByText("0", { exact: true }).waitFor();
    await operator.page.evaluate(watchRates);
    const before = await picture(operator);

    const first = await buyers(saleId, UNITS - 1, 1);
    await shows(operator, "available", "1");
    await phone.part("stock-left").getByText(`1 of ${UNITS} left`).waitFor();
    // The last of them: on a busy machine the first may be that nobody knows yet.
    const answered = phone.page.waitForResponse(
      (response) => response.url().endsWith("/api/sale/purchase") && response.status() === 202,
    );
    await phone.part("buy").tap();
    const mine = await answerTo(phone, await answered);
    await phone.state("confirmed");
    expect(await phone.part("order-place").textContent()).toBe(`#${UNITS}`);
    expect(await phone.page.evaluate("document.documentElement.scrollWidth")).toBe(PHONE.viewport.width);
    const late = await buyers(saleId, 20, 2);
    expect(late.filter(({ kind }) => kind === "accepted")).toEqual([]);

    for (const [tile, value] of [
      ["sold", UNITS],
      ["available", 0],
      ["accepted", UNITS],
      ["rows", UNITS],
      ["outbox", 0],
    ] as const)
      await shows(operator, tile, String(value));
    await operator.part("sale-head").getByText("Sold out").waitFor();
    await operator.part("total-reserved").getByText(`${UNITS} in all`).waitFor();
    await operator.part("total-rowsWritten").getByText(`${UNITS} in all`).waitFor();
    await operator
      .part("total-soldOut")
      .getByText(/ [1-9]\d* in all$/)
      .waitFor();
    const highest = await operator.page.evaluate<Record<string, number>>("highest");
    for (const line of ["rate-reserved", "rate-rowsWritten"]) expect(highest[line], line).toBeGreaterThan(0);
    expect(await picture(operator)).not.toBe(before);

    const facts = await awaitSettled(cloud, saleId);
    expect(judge(facts, [...first, mine, ...late])).toEqual([]);
    expect(facts.gate.stock).toEqual({ allocated: UNITS, available: 0, held: 0, sold: UNITS, withheld: 0 });
    expect(facts.database.rows).toHaveLength(UNITS);
    expect(facts.ledger).toHaveLength(UNITS);
  },
);
