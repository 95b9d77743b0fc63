import { expect, test } from "vitest";
import type { OrderList } from "../../core/contract/order.ts";
import { localSession } from "../../load/local-session.ts";
import { callApi } from "../../local/call-api.ts";
import { codeFor } from "../support/test-mailbox.ts";
import { administer, browserCloud, buyByApi, newSale } from "./browser-cloud.ts";
import { plainShoppers } from "./plain-shopper.ts";
import { testShoppers } from "./test-shoppers.ts";

const cloud = await browserCloud();
const shopper = testShoppers(cloud);
const { plainShopper, expectAccessible } = plainShoppers(shopper);
/** Each page is looked at by a second browser window: a busy machine needs its time. */
const LIMIT_MS = 120_000;

const ordersOf = async (saleId: string, token: string) =>
  (await callApi<OrderList>(cloud.apiUrl, `GET /api/sale/my-order/${saleId}`, { token })).orders;

test(
  "without script: from the list to a confirmed order, by links and forms alone",
  async () => {
    const saleId = await newSale(cloud, { name: "Without script" });
    const ada = await plainShopper();
    const { page, press, follow } = ada;
    await page.goto("/");
    await follow("Go on without JavaScript");
    await expectAccessible(ada);
    await follow("Without script");
    expect(page.url()).toBe(`${cloud.siteUrl}/plain/en/sale/${saleId}`);
    await expectAccessible(ada);

    const email = `${crypto.randomUUID()}@example.com`;
    await page.getByLabel("E-mail address").fill(email);
    await press("Send me a code");
    const code = page.getByLabel("Code from the e-mail");
    // Too short for the browser itself, and then none that we send.
    await code.fill("12345");
    await press("Sign in");
    expect(await page.locator("#code:invalid").count()).toBe(1);
    await code.fill("OOOO-0000");
    await press("Sign in");
    expect(await page.locator("#code-error").innerText()).toContain("The code has eight letters and digits");
    await expectAccessible(ada);
    const sent = await codeFor(cloud.mailboxUrl, email);
    await code.fill(` ${sent.toLowerCase().replace("-", " ")} `);
    await press("Sign in");
    await expectAccessible(ada);

    await press("Buy for €349.00");
    await page.locator('main [data-state="confirmed"]').waitFor();
    expect(await ada.heading()).toBe("It is yours");
    await expectAccessible(ada);
    const orderId = /ord_[0-9A-Z]{26}/.exec(page.url())?.[0] ?? "none";
    await page.reload();
    expect(await page.locator("main").innerText()).toContain(orderId);
    await follow("Back to the sale");
    await follow(orderId);
    expect(await ada.heading()).toBe("It is yours");
    await follow("My orders");
    await expectAccessible(ada);
    expect(await page.locator("main").innerText()).toContain("€349.00");
    await follow("Without script");
    expect(page.url()).toContain(orderId);
  },
  LIMIT_MS,
);

test(
  "a double click is one order, and so is a form that the network sends twice, or a shopper who was told to wait",
  async () => {
    const { token } = localSession();
    const ben = await plainShopper(token);
    const { page } = ben;
    const clicked = await newSale(cloud, { purchaseLimit: 2 });
    await page.goto(`/plain/en/sale/${clicked}`);
    await page.getByRole("button", { name: "Buy, €349.00 each", exact: true }).dblclick();
    // The second click breaks the first one's way off, which waiting for an address would call an error.
    await expect.poll(() => page.url()).toContain("/plain/en/order/");
    await page.waitForLoadState();
    expect(await ordersOf(clicked, token)).toHaveLength(1);

    const repeated = await newSale(cloud, { purchaseLimit: 2 });
    await page.goto(`/plain/en/sale/${repeated}`);
    const statuses: number[] = [];
    await page.route("**/plain/en/purchase", async (route) => {
      statuses.push((await route.fetch({ maxRedirects: 0 })).status());
      await route.continue();
    });
    await ben.press("Buy, €349.00 each");
    await page.waitForURL("**/plain/en/order/*");
    await page.unroute("**/plain/en/purchase");
    expect(statuses).toEqual([303]);
    expect(await ordersOf(repeated, token)).toHaveLength(1);

    const paused = await newSale(cloud, { purchaseLimit: 2 });
    await page.goto(`/plain/en/sale/${paused}`);
    await administer(cloud, paused, "pause");
    await ben.press("Buy, €349.00 each");
    expect(await ben.heading()).toBe("The sale is paused");
    await expectAccessible(ben);
    await page.reload();
    expect(await ben.heading()).toBe("The sale is paused");
    await administer(cloud, paused, "resume");
    await ben.press("Ask again with the same request");
    await page.waitForURL("**/plain/en/order/*");
    expect(await ordersOf(paused, token)).toHaveLength(1);
  },
  LIMIT_MS,
);

test(
  "sold out and not open yet, each on a page that says so",
  async () => {
    const { token } = localSession();
    const cleo = await plainShopper(token);
    const { page } = cleo;
    const last = await newSale(cloud, { allocated: 1 });
    await page.goto(`/plain/en/sale/${last}`);
    await buyByApi(cloud, last);
    await cleo.press("Buy for €349.00");
    expect(await cleo.heading()).toBe("Sold out");
    await expectAccessible(cleo);

    const later = await newSale(cloud, { startsAt: "2100-01-01T00:00:00.000Z" });
    await page.goto(`/plain/en/sale/${later}`);
    expect(await page.locator("main").innerText()).toContain("It opens Fri, 1 Jan 2100, 00:00 UTC.");
    expect(await page.getByRole("button", { name: "Buy" }).count()).toBe(0);
    await expectAccessible(cleo);
  },
  LIMIT_MS,
);

test(
  "a sale's own address tells crawlers and shoppers without script what is sold, and leads on",
  async () => {
    const name = `</script><b>"Tom" & Jerry's`;
    const settings = {
      name,
      description: "A <b>bold</b> &amp; long\ndescription.",
      priceMinor: 1_250,
      purchaseLimit: 2,
    };
    const saleId = await newSale(cloud, settings);
    const dora = await plainShopper();
    const { page } = dora;
    const answer = await page.goto(`/sale/${saleId}?utm_source=friend`);
    const url = `${cloud.siteUrl}/sale/${saleId}`;
    expect(answer?.headers()["cache-control"]).toBe("public, max-age=5");

    const property = (propertyName: string) =>
      page.locator(`meta[property="${propertyName}"]`).getAttribute("content");
    expect(await page.title()).toBe(`${name} · Flash sale`);
    expect(await property("og:type")).toBe("product");
    expect(await property("og:title")).toBe(name);
    expect(await property("og:description")).toContain("€12.50. Opens ");
    expect(await property("og:url")).toBe(url);
    expect(await page.locator('link[rel="canonical"]').getAttribute("href")).toBe(url);
    const picture = await page.request.get((await property("og:image")) ?? "");
    expect(picture.headers()["content-type"]).toBe("image/png");
    // A PNG's size stands at its 17th byte.
    expect([(await picture.body()).readUInt32BE(16), (await picture.body()).readUInt32BE(20)]).toEqual([
      1200, 630,
    ]);
    expect([await property("og:image:width"), await property("og:image:height")]).toEqual(["1200", "630"]);

    const data: unknown = JSON.parse(
      (await page.locator('script[type="application/ld+json"]').textContent()) ?? "",
    );
    const { startsAt } = await callApi<{ startsAt: string }>(cloud.apiUrl, `GET /api/sale/status/${saleId}`);
    expect(data).toMatchObject({
      "@type": "Product",
      name,
      description: settings.description,
      offers: { "@type": "Offer", url, price: "12.50", priceCurrency: "EUR", availabilityStarts: startsAt },
    });

    expect(await dora.heading()).toBe(name);
    expect(await dora.part("price").innerText()).toBe("€12.50");
    expect(await dora.part("description").innerText()).toBe(settings.description);
    expect(await dora.part("limit").innerText()).toBe("at most 2 per person");
    expect(await dora.part("heading").isVisible()).toBe(false);
    expect(await dora.part("other-locale").getAttribute("href")).toBe(`/de/sale/${saleId}`);
    await expectAccessible(dora);
    await dora.follow("Go on without JavaScript");
    expect(page.url()).toBe(`${cloud.siteUrl}/plain/en/sale/${saleId}`);
  },
  LIMIT_MS,
);

test("with script the same address shows the live sale, and an unknown one says so under 404", async () => {
  const saleId = await newSale(cloud, { name: "Live" });
  const emil = await shopper({ token: true });
  await emil.open(`/sale/${saleId}`);
  await emil.state("open");
  await emil.open(`/sale/?id=${saleId}`);
  await emil.state("open");
  expect(await emil.part("name").textContent()).toBe("Live");
  const missing = await emil.page.goto("/sale/sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD");
  expect(missing?.status()).toBe(404);
  await emil.state("not_found");
});
