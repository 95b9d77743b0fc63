import { expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import { browserCloud, buyByApi, newSale } from "./browser-cloud.ts";
import { holdRows } from "./faults.ts";
import { signInByMail } from "./sign-in-by-mail.ts";
import { testShoppers } from "./test-shoppers.ts";

const VISIBILITY_SECONDS = 2;

const cloud = await browserCloud({ visibilityTimeoutSeconds: VISIBILITY_SECONDS });
const shopper = testShoppers(cloud);

test("my orders: newest first, confirmed without a reload, each leads to its receipt", async () => {
  const { token } = localSession();
  await buyByApi(cloud, await newSale(cloud, { name: "First lamp" }), token);
  const second = await newSale(cloud, { name: "Second lamp", priceMinor: 12_950, purchaseLimit: 2 });
  const release = await holdRows(cloud, second);
  const { orderId } = await buyByApi(cloud, second, token, 2);
  const mia = await shopper({ token });
  await mia.open("/");
  await mia.part("orders-link").click();
  await mia.state("ready");
  const cards = mia.part("order-list").locator("li");
  expect(await cards.locator("h2").allTextContents()).toEqual(["Second lamp", "First lamp"]);
  expect(await cards.first().getAttribute("data-state")).toBe("accepted");
  expect(await cards.first().locator("dd").allTextContents()).toEqual(["#1", "2", "€259.00"]);
  await release();
  await mia.part("order-list").locator('li:first-child[data-state="confirmed"]').waitFor();
  expect(await mia.part("notice").textContent()).toBe("2 orders, newest first.");
  await cards.first().locator("h2").getByRole("link").click();
  await mia.state("confirmed");
  expect(await mia.part("order-id").textContent()).toBe(orderId);
  await mia.page.getByRole("link", { name: "All my orders" }).click();
  await mia.state("ready");
});

test("more after a confirmed order: the number left is told, each purchase has its own key, and a repeat buys nothing", async () => {
  const saleId = await newSale(cloud, { name: "Set of glasses", allocated: 9, purchaseLimit: 4 });
  const { token } = localSession();
  const max = await shopper({ token });
  const keys: string[] = [];
  max.page.on("request", (request) => {
    if (request.method() === "POST") keys.push(request.headers()["idempotency-key"] ?? "");
  });
  await max.open(`/sale/?id=${saleId}`);
  await max.part("buy").click();
  await max.state("confirmed");
  await max
    .part("holding")
    .filter({ hasText: "You have one unit of this sale. You may buy up to 3 more." })
    .waitFor();
  expect(await max.part("buy").isVisible()).toBe(false);

  await max.part("more-offer").press("Enter");
  expect(await max.page.evaluate("document.activeElement.dataset.part")).toBe("quantity");
  expect(await max.part("quantity").locator("option").allTextContents()).toEqual(["1", "2", "3"]);
  await max.part("quantity").selectOption("2");
  expect(await max.part("buy").textContent()).toBe("Buy for €698.00");
  // The answer to the second purchase is lost: it is asked for again, with its own key.
  await max.page.route("**/api/sale/purchase", (route) => route.fetch().then(() => route.abort()), {
    times: 1,
  });
  await max.part("buy").click();
  await max
    .part("holding")
    .filter({ hasText: "You have 3 units of this sale. You may buy one more." })
    .waitFor();
  expect(await max.state("confirmed")).toBe("confirmed");
  expect(await max.seenStates()).toContain("checking");
  expect(new Set(keys).size).toBe(2);
  expect(keys.at(-1)).toBe(keys.at(-2));

  // One more on another device: this page does not know, asks for one, and is told that the limit is reached.
  await buyByApi(cloud, saleId, token);
  await max.part("more-offer").click();
  await max.part("buy").click();
  await max.state("already_bought");
  await max
    .part("holding")
    .filter({ hasText: "You have 4 units of this sale. That is this sale's limit" })
    .waitFor();
  expect(await max.part("more-offer").isVisible()).toBe(false);
  await max.open("/orders/");
  await max.state("ready");
  expect(await max.part("order-list").locator('[data-part="units"]').allTextContents()).toEqual([
    "1",
    "2",
    "1",
  ]);
});

test("orders that cannot be reached are never told as none, and a list that was seen stays", async () => {
  const { token } = localSession();
  await buyByApi(cloud, await newSale(cloud, { name: "Kept lamp" }), token);
  const nils = await shopper({ token });
  await nils.page.route("**/api/orders", (route) => route.abort());
  await nils.open("/orders/");
  await nils.state("unreachable");
  await nils.page.unroute("**/api/orders");
  await nils.state("ready");
  expect(await nils.seenStates()).not.toContain("empty");
  await nils.context.setOffline(true);
  await nils.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await nils.part("notice").filter({ hasText: "we cannot reach your orders just now" }).waitFor();
  expect(await nils.part("order-list").locator("h2").allTextContents()).toEqual(["Kept lamp"]);
  expect(await nils.seenStates()).not.toContain("empty");
});

test("who signs out leaves no orders behind, and who signs in sees their own", async () => {
  const { token } = localSession();
  await buyByApi(cloud, await newSale(cloud, { name: "Not for others" }), token);
  const ora = await shopper({ token });
  await ora.open("/orders/");
  await ora.state("ready");
  await ora.part("sign-out").click();
  await ora.state("sign_in");
  expect(await ora.page.getByText("Not for others").count()).toBe(0);
  await signInByMail(cloud, ora, "ora@example.com");
  await ora.state("empty");
  expect(await ora.page.getByText("Not for others").count()).toBe(0);
  expect(await ora.page.evaluate("document.activeElement.dataset.part")).toBe("heading");
});

test("what is more than a page holds is shown once all of it is there", { timeout: 60_000 }, async () => {
  const { token } = localSession();
  await buyByApi(cloud, await newSale(cloud, { name: "Oldest" }), token);
  for (let n = 0; n < 25; n++) await newSale(cloud, { name: `Between ${n}` });
  await buyByApi(cloud, await newSale(cloud, { name: "Newest" }), token);
  const pia = await shopper({ token });
  const release = await pia.stall("**/api/orders?after=*");
  const secondPage = pia.page.waitForRequest("**/api/orders?after=*");
  await pia.open("/orders/");
  await secondPage;
  expect(await pia.state("loading", "ready")).toBe("loading");
  await release();
  await pia.state("ready");
  expect(await pia.part("order-list").locator("h2").allTextContents()).toEqual(["Newest", "Oldest"]);
});
