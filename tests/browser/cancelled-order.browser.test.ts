import { expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import { browserCloud, buyByApi, newSale } from "./browser-cloud.ts";
import { cancelByApi } from "./cancel-by-api.ts";
import { beginEpoch, holdRows } from "./faults.ts";
import { testShoppers } from "./test-shoppers.ts";

const cloud = await browserCloud({ visibilityTimeoutSeconds: 2 });
const shopper = testShoppers(cloud);

test("a cancelled order says so; its buyer buys again until the sale takes no more of their orders, and is told that", async () => {
  const buyer = localSession();
  const saleId = await newSale(cloud, { name: "Comb" });
  const cancelLatest = async () => {
    const { orderId } = await buyByApi(cloud, saleId, buyer.token);
    await cancelByApi(cloud, { saleId, orderId }, buyer);
  };
  await cancelLatest();
  const pia = await shopper({ token: buyer.token });
  await pia.open(`/sale/?id=${saleId}`);
  await pia.state("returned");
  expect(await pia.part("order-units").textContent()).toBe("0 of 1");
  expect(await pia.part("holding").isVisible()).toBe(false);
  expect(await pia.part("more-offer").textContent()).toBe("Buy again…");
  await pia.part("more-offer").click();
  await pia.part("buy").click();
  await pia.state("confirmed");
  const orderId = (await pia.part("order-id").textContent()) ?? "";
  await cancelByApi(cloud, { saleId, orderId }, buyer);
  await cancelLatest();

  await pia.open(`/sale/?id=${saleId}`);
  await pia.state("returned");
  await pia.part("more-offer").click();
  await pia.part("buy").click();
  await pia.state("refused");
  await pia.page.getByText(/as many orders in this sale as it takes from one person/).waitFor();
});

test("units taken back of an order: what is left is told, paid for, and counted", async () => {
  const buyer = localSession();
  const saleId = await newSale(cloud, { name: "Cups", priceMinor: 1_000, purchaseLimit: 3 });
  const { orderId } = await buyByApi(cloud, saleId, buyer.token, 3);
  const ben = await shopper({ token: buyer.token });
  await ben.open(`/sale/?id=${saleId}`);
  await ben.state("confirmed");
  expect(await ben.part("more-offer").isVisible()).toBe(false);
  await cancelByApi(cloud, { saleId, orderId }, buyer, 2);

  await ben.open(`/sale/?id=${saleId}`);
  await ben.page.getByText("2 units of it went back.").waitFor();
  await ben
    .part("holding")
    .filter({ hasText: "You have one unit of this sale. You may buy up to 2 more." })
    .waitFor();
  await ben.open(`/de/order/?id=${orderId}`);
  await ben.page.getByText("2 Stück davon gingen zurück.").waitFor();
  expect(await ben.part("order-units").textContent()).toBe("1 von 3");
  await ben.part("order-price").filter({ hasText: "10,00" }).waitFor();
  await ben.open("/orders/");
  await ben.state("ready");
  const card = ben.part("order-list").locator("li");
  expect(await card.locator("dd").allTextContents()).toEqual(["#1", "1 of 3", "€10.00"]);
});

test("an order that no gate is known to count is being checked, never accepted, until it is decided", async () => {
  const { token } = localSession();
  const saleId = await newSale(cloud, { name: "Vase" });
  const release = await holdRows(cloud, saleId);
  const { orderId } = await buyByApi(cloud, saleId, token);
  await beginEpoch(cloud, saleId);
  const [page, receipt, list] = [
    await shopper({ token }),
    await shopper({ token }),
    await shopper({ token }),
  ];
  await page.open(`/sale/?id=${saleId}`);
  await receipt.open(`/order/?id=${orderId}`);
  await page.state("pending");
  await receipt.state("pending");
  await list.open("/orders/");
  await list.part("order-list").locator('li[data-state="pending"]').waitFor();
  await release();
  await page.state("confirmed");
  await receipt.state("confirmed");
  await list.part("order-list").locator('li[data-state="confirmed"]').waitFor();
  for (const window of [page, receipt]) expect(await window.seenStates()).not.toContain("accepted");
});
