import { expect, test } from "vitest";
import { schedules } from "../../core/topology.ts";
import { localSession } from "../../load/local-session.ts";
import { browserCloud, buyByApi, newSale } from "./browser-cloud.ts";
import { layoutFaults } from "./layout-faults.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud();
const newPerson = testShoppers(cloud);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const later = (ms: number) => new Date(Date.now() + ms).toISOString();
const token = (role: "viewer" | "operator") => localSession(role).token;
const newDraft = (settings: object = {}) =>
  newSale(cloud, { visibility: "draft", startsAt: later(2 * DAY_MS + HOUR_MS), ...settings });
const focused = "document.activeElement?.dataset.part ?? document.activeElement?.tagName";

test("a merchant writes a draft, shows it to a colleague's phone, mends what is missing, and publishes it by keyboard", async () => {
  const { page, part, open } = await newPerson({ token: token("operator") });
  await open("/admin/");
  await part("new-sale").click();
  await page.getByLabel("Name", { exact: true }).fill("Solstice clock");
  await page.getByLabel("Price of one unit").fill("189");
  await page.getByLabel("Allocated units").fill("3");
  await page.getByLabel("Starts").fill("2026-01-15T10:00:00");
  await page.getByLabel("Who sees it").selectOption("draft");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("A draft: staff alone see it.").waitFor();
  expect(await part("chip").textContent()).toContain("Draft");
  expect(await part("opens-in").textContent()).toBe("The start is past.");
  for (const hidden of ["pause", "end", "orders", "rates", "tile-sold", "address"])
    expect([hidden, await part(hidden).isVisible()]).toEqual([hidden, false]);
  const saleId = new URL(page.url()).searchParams.get("id") ?? "";

  await part("make-preview").click();
  const link = part("preview-link").locator("input");
  await expect.poll(() => link.inputValue()).toContain(`/preview/#${saleId}.`);
  const colleague = await newPerson({ viewport: { width: 390, height: 844 } });
  await colleague.open(new URL(await link.inputValue()).href);
  await colleague.state("scheduled");
  expect(await colleague.part("name").textContent()).toBe("Solstice clock");
  await colleague.page.getByText("Preview: nothing can be bought here").waitFor();
  expect((await colleague.page.goto(`/sale/${saleId}`))?.status()).toBe(404);

  await part("to-listed").focus();
  await page.keyboard.press("Enter");
  await page.getByText(/Start: must be in the future/).waitFor();
  expect(await page.evaluate(focused)).toBe("to-listed");
  await part("edit").click();
  await expect.poll(() => page.getByLabel("Name", { exact: true }).inputValue()).toBe("Solstice clock");
  expect(await part("visibility-field").isVisible()).toBe(false);
  await page.getByLabel("Starts").fill("2099-01-15T10:00:00");
  await page.getByRole("button", { name: "Save" }).click();
  await part("to-listed").waitFor();
  await part("to-listed").focus();
  await page.keyboard.press("Enter");
  await page.getByText("Done: everybody sees it within seconds.").waitFor();
  // The button has gone; the keyboard stays where it happened.
  await expect.poll(() => page.evaluate(focused)).toBe("visibility-notice");
  await page.getByText("Listed: everybody sees it, in the lists too.").waitFor();
  await expect
    .poll(() => part("audit-entries").locator("li > p:first-child").allTextContents())
    .toEqual(["Published by you (operator)", "Changed by you (operator)", "Created by you (operator)"]);
  await part("address").getByRole("link", { name: "Open the shop's page" }).waitFor();
  await expect.poll(async () => (await colleague.page.goto(`/sale/${saleId}`))?.status()).toBe(200);
});

test("a preview shows each moment of the sale, buys nothing, and says when it is over or published", async () => {
  const saleId = await newDraft({ name: "Halcyon lamp", priceMinor: 12_900, purchaseLimit: 2, allocated: 4 });
  const olga = await newPerson({ token: token("operator") });
  await olga.open(`/admin/sale/?id=${saleId}`);
  await olga.part("make-preview").click();
  const link = olga.part("preview-link").locator("input");
  await expect.poll(() => link.inputValue()).toContain("#");
  const path = new URL(await link.inputValue());

  const shopper = await newPerson();
  const asked: string[] = [];
  shopper.page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/")) asked.push(`${request.method()} ${pathname}`);
  });
  await shopper.open(path.href);
  await shopper.state("scheduled");
  await expect.poll(() => violations(shopper)).toEqual([]);
  await expect.poll(() => layoutFaults(shopper)).toEqual([]);
  const moment = shopper.part("moment");
  for (const [value, state] of [
    ["open", "open"],
    ["sold_out", "sold_out"],
    ["ended", "ended"],
  ] as const) {
    await moment.selectOption(value);
    await shopper.state(state);
  }
  await moment.selectOption("open");
  await shopper.page.getByRole("button", { name: "Buy for €129.00" }).click();
  await shopper
    .part("announcer")
    .getByText(/nothing can be bought/)
    .waitFor({ state: "attached" });
  expect(new Set(asked)).toEqual(new Set(["POST /api/sale/preview"]));

  await olga.part("to-unlisted").click();
  await olga.page.getByText(/^Unlisted: whoever has its address/).waitFor();
  await shopper.page.reload();
  await shopper.page.getByText(/This sale is published/).waitFor();
  expect(await shopper.part("real-page").getAttribute("href")).toBe(`/sale/${saleId}`);
  await shopper.open("/preview/#nothing.1.x");
  await shopper.page.reload();
  await shopper.page.getByText(/This link is not valid, or its time is over/).waitFor();
  await shopper.state("not_found");
});

test("a draft of a waiting room is previewed with the line that people will join", async () => {
  const mode = { kind: "waiting_room", admissionsPerSecond: 5, mostInside: 50 } as const;
  const closesAt = later(DAY_MS);
  const saleId = await newDraft({ mode: { ...mode, closesAt } });
  const olga = await newPerson({ token: token("viewer"), locale: "de-DE" });
  await olga.open(`/de/admin/sale/?id=${saleId}`);
  await olga.part("make-preview").click();
  const link = olga.part("preview-link").locator("input");
  await expect.poll(() => link.inputValue()).toContain("/de/preview/#");
  const shopper = await newPerson({ locale: "de-DE" });
  await shopper.open(await link.inputValue());
  await shopper.state("line_join");
  await shopper.part("join-form").locator("button").click();
  await shopper
    .part("announcer")
    .getByText(/nichts gekauft/)
    .waitFor({ state: "attached" });
});

test("a link is copied, and where the browser lets no page copy it is selected", async () => {
  const saleId = await newSale(cloud, { name: "Copied" });
  const olga = await newPerson({ token: token("operator") });
  await olga.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: cloud.siteUrl });
  await olga.open(`/admin/sale/?id=${saleId}`);
  const address = olga.part("address");
  await address.getByRole("button", { name: "Copy link" }).click();
  await address.getByText("The link is copied.").waitFor();
  const link = `${cloud.siteUrl}/sale/${saleId}`;
  expect(await olga.page.evaluate("navigator.clipboard.readText()")).toBe(link);
  await olga.context.clearPermissions();
  await olga.page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))");
  await address.getByRole("button", { name: "Copy link" }).click();
  await address.getByText(/The link is selected/).waitFor();
  expect(await olga.page.evaluate("getSelection().toString() || document.activeElement.value")).toBe(link);
  const [page] = await Promise.all([
    olga.context.waitForEvent("page"),
    address.getByRole("link", { name: "Open the shop's page" }).click(),
  ]);
  await page.waitForURL(link);
});

test("before it opens the console counts down, and says what stands against it and what to do", async () => {
  const saleId = await newDraft({ visibility: "listed", name: "Soon" });
  const vera = await newPerson({ token: token("viewer") });
  await vera.open(`/admin/sale/?id=${saleId}`);
  await expect.poll(() => vera.part("opens-in").textContent()).toMatch(/^Opens in 2 days, 0[01]:\d\d:\d\d$/);
  // No guardian runs in these tests.
  await vera.page.getByText(/^No-go: see to what is marked first\. Asked at /).waitFor();
  const checks = vera.part("checks").locator("li");
  expect(await checks.filter({ hasText: "Nobody looks after the sales" }).getAttribute("data-result")).toBe(
    "no_go",
  );
  expect(await checks.filter({ hasText: "The gate has every unit." }).getAttribute("data-result")).toBe("go");
  await vera.part("preflight-run").click();
  await expect.poll(() => vera.part("preflight-status").textContent()).toMatch(/^No-go/);
  for (const target of ["to-listed", "to-unlisted", "to-retired"])
    expect(await vera.part(target).isVisible()).toBe(false);
  await expect.poll(() => violations(vera)).toEqual([]);
});

test("a sale that has ended is retired once it is closed, leaves the list, and is brought back", async () => {
  const saleId = await newSale(cloud, { name: "Past kettle", allocated: 1 });
  const olga = await newPerson({ token: token("operator") });
  await olga.open(`/admin/sale/?id=${saleId}`);
  await olga.part("end").click();
  await olga.part("confirm-name").fill("Past kettle");
  await olga.page.keyboard.press("Enter");
  await olga.page.getByText(/^Ended for good/).waitFor();
  expect(await olga.part("to-retired").isVisible()).toBe(false);
  // Closed when every sale before it was looked at and all is accounted for: a few seconds, or more on a busy machine.
  for (let runs = 0; runs < 8 && !(await olga.part("to-retired").isVisible()); runs++)
    await cloud.runner.invoke(schedules.guardian, { runSeconds: 5 });
  await olga.part("to-retired").click();
  await olga.page.getByText(/^Retired\. Find it in the list/).waitFor();
  await expect.poll(() => olga.part("chip").textContent()).toContain("Retired");
  await olga.open("/admin/?search=Past+kettle");
  await olga.page.getByText("No sale is like that.").first().waitFor();
  await olga.page.getByLabel("Who sees it").selectOption("retired");
  await olga.page.getByRole("button", { name: "Find" }).click();
  await olga.page.getByRole("link", { name: "Past kettle" }).click();
  await olga.part("to-listed").click();
  await olga.page.getByText("Listed: everybody sees it, in the lists too.").waitFor();
});

test("revenue is shown to operators, and not to viewers", async () => {
  const saleId = await newSale(cloud, { name: "Earning", priceMinor: 4_990, allocated: 3 });
  await buyByApi(cloud, saleId);
  await buyByApi(cloud, saleId);
  const [olga, vera] = [
    await newPerson({ token: token("operator") }),
    await newPerson({ token: token("viewer") }),
  ];
  await olga.open(`/admin/sale/?id=${saleId}`);
  await expect
    .poll(() => olga.part("tile-revenue").textContent())
    .toMatch(/€99\.80.*2 units sold, 0 came back/s);
  expect(await olga.part("revenue-net").textContent()).toBe("2 units, €99.80");
  await vera.open(`/admin/sale/?id=${saleId}`);
  await expect.poll(() => vera.part("tile-sold").textContent()).toMatch(/2/);
  expect([await vera.part("tile-revenue").isVisible(), await vera.part("revenue").isVisible()]).toEqual([
    false,
    false,
  ]);
});

test("many sales are searched, filtered and paged, with the address to come back to", async () => {
  const names = Array.from({ length: 27 }, (_, index) => `Shelf ${index + 1}`);
  for (const name of names) await newDraft({ name });
  await newSale(cloud, { name: "Shelf for sale" });
  const { page, part, open } = await newPerson({ token: token("viewer") });
  await open("/admin/");
  await page.getByLabel("Name of the sale").fill("shelf");
  await page.getByLabel("Who sees it").selectOption("draft");
  await page.getByLabel("Name of the sale").press("Enter");
  const status = part("sales-status");
  await expect.poll(() => status.textContent()).toBe("25 of 27 shown, newest first");
  await part("sales-more").click();
  await expect.poll(() => status.textContent()).toBe("2 of 27 shown, newest first");
  expect(await part("sale-rows").locator("th").allTextContents()).toEqual(
    ["Shelf 2", "Shelf 1"].map((name) => expect.stringContaining(name)),
  );
  await expect.poll(() => page.evaluate(focused)).toBe("sales-first");
  await page.getByRole("link", { name: "Shelf 2", exact: true }).click();
  await part("sale-name").getByText("Shelf 2").waitFor();
  await page.goBack();
  await expect.poll(() => status.textContent()).toBe("2 of 27 shown, newest first");
  expect(await page.getByLabel("Name of the sale").inputValue()).toBe("shelf");
  await part("sales-first").click();
  await expect.poll(() => status.textContent()).toBe("25 of 27 shown, newest first");
  await page.getByLabel("Phase").selectOption("open");
  await page.getByLabel("Who sees it").selectOption("listed");
  await page.getByRole("button", { name: "Find" }).click();
  await expect
    .poll(() => part("sale-rows").locator("th").allTextContents())
    .toEqual([expect.stringContaining("Shelf for sale")]);
  await page.getByLabel("Name of the sale").fill("no such shelf");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByText("No sale is like that.").first().waitFor();
});
