import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import { administer, browserCloud, buyByApi, newSale } from "./browser-cloud.ts";
import { signInByMail } from "./sign-in-by-mail.ts";
import { testShoppers } from "./test-shoppers.ts";

const STATUS = "**/api/sale/status/*";

const cloud = await browserCloud({ schedules: ["guardian"] });
const shopper = testShoppers(cloud);

test("from the list to the receipt: sign in by e-mail, buy, accepted, confirmed, and found again", async () => {
  const saleId = await newSale(cloud, { name: "From list to receipt" });
  const ada = await shopper();
  await ada.open("/");
  await ada.page.getByRole("link", { name: "From list to receipt" }).click();
  await ada.state("open");
  await signInByMail(cloud, ada, "ada@example.com");
  await ada.part("buy").click();
  await ada.state("confirmed");
  const seen = await ada.seenStates();
  expect(seen.slice(seen.indexOf("submitting"))).toEqual(["submitting", "accepted", "confirmed"]);
  const orderId = await ada.part("order-id").textContent();
  expect(orderId).toMatch(/^ord_/);

  await ada.part("order-link").click();
  for (const again of [() => Promise.resolve(), () => ada.page.reload()]) {
    await again();
    await ada.state("confirmed");
    expect(await ada.part("order-id").textContent()).toBe(orderId);
    await ada.part("order-price").filter({ hasText: "€349.00" }).waitFor();
  }

  const elsewhere = await shopper();
  await elsewhere.open(`/sale/${saleId}`);
  await signInByMail(cloud, elsewhere, "ada@example.com");
  await elsewhere.state("confirmed");
  expect(await elsewhere.part("order-id").textContent()).toBe(orderId);
});

test("what it costs is said on the button and on the receipt; one click is promised to who is signed in", async () => {
  const saleId = await newSale(cloud, { purchaseLimit: 2 });
  const stranger = await shopper();
  await stranger.open(`/sale/${saleId}`);
  await stranger.part("email").waitFor();
  expect(await stranger.part("body").textContent()).toBe("Sign in now, and buying takes one click.");
  const abel = await shopper({ token: true });
  await abel.open(`/sale/${saleId}`);
  await abel.part("buy").waitFor();
  expect(await abel.part("body").textContent()).toContain("One click is enough.");
  await abel.part("quantity").selectOption("2");
  await abel.part("buy").filter({ hasText: "Buy for €698.00" }).click();
  await abel.state("confirmed");
  expect(await abel.part("order-total").innerText()).toBe("€698.00");
  await abel.open(`/plain/en/sale/${await newSale(cloud)}`);
  expect(await abel.page.locator(".buy-form button").innerText()).toBe("Buy for €349.00");
});

test("the last unit goes while another shopper looks: sold out, without a reload", async () => {
  const saleId = await newSale(cloud, { allocated: 1 });
  const [quick, late] = [await shopper({ token: true }), await shopper({ token: true })];
  await Promise.all([quick, late].map((buyer) => buyer.open(`/sale/${saleId}`)));
  await late.state("open");
  await quick.part("buy").click();
  await quick.state("confirmed");
  await late.state("sold_out");
  expect(await late.part("body").textContent()).toContain("The only unit is taken.");
  expect(await late.part("buy").isVisible()).toBe(false);
});

test("who bought on another device is shown that very order", async () => {
  const saleId = await newSale(cloud);
  const { token } = localSession();
  const bea = await shopper({ token });
  await bea.open(`/sale/${saleId}`);
  await bea.part("buy").waitFor();
  const { orderId } = await buyByApi(cloud, saleId, token);
  await bea.part("buy").click();
  await bea.state("already_bought");
  expect(await bea.part("order-id").textContent()).toBe(orderId);
});

test("paused and resumed while the page is open; a request sent into the pause goes through after it", async () => {
  const saleId = await newSale(cloud);
  const [buyer, looker] = [await shopper({ token: true }), await shopper()];
  await Promise.all([buyer, looker].map((visitor) => visitor.open(`/sale/${saleId}`)));
  await Promise.all([buyer.part("buy").waitFor(), looker.state("open")]);
  const release = await buyer.stall(STATUS); // or the page might know of the pause before the click
  await administer(cloud, saleId, "pause");
  await buyer.part("buy").click();
  await buyer.state("purchase_paused");
  await release();
  await looker.state("paused");
  await administer(cloud, saleId, "resume");
  await Promise.all([buyer.state("confirmed"), looker.state("open")]);
});

test("a sale that opens while the page is open offers its button by itself", async () => {
  const saleId = await newSale(cloud, { startsAt: new Date(Date.now() + 6_000).toISOString() });
  const early = await shopper({ token: true });
  await early.open(`/sale/${saleId}`);
  await early.state("scheduled");
  expect(await early.part("buy").isVisible()).toBe(false);
  await early.part("buy").click();
  await early.state("confirmed");
  expect(await early.seenStates()).not.toContain("not_open");
});

test("a gate that lost its memory reads as checking, never as sold out, and heals by itself", async () => {
  const saleId = await newSale(cloud, { allocated: 2 });
  const { orderId } = await buyByApi(cloud, saleId);
  const cleo = await shopper({ token: true });
  await cleo.open(`/sale/${saleId}`);
  await cleo.part("buy").waitFor();
  const release = await cleo.stall(STATUS);
  const redis = new Redis(cloud.redisUrl);
  await redis.flushall();
  redis.disconnect();
  await cleo.part("buy").click();
  await cleo.state("checking");
  await release();
  expect(await cleo.part("heading").textContent()).toContain("We do not know yet");
  await cleo.state("confirmed");
  expect(await cleo.seenStates()).not.toContain("sold_out");
  expect(await cleo.part("order-place").textContent()).toBe("#2");
  expect(await cleo.part("order-id").textContent()).not.toBe(orderId);

  const after = await shopper();
  await after.open(`/sale/${saleId}`);
  await after.state("sold_out");
});
