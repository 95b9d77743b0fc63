import { expect, test } from "vitest";
import type { SaleId } from "../../core/ids.ts";
import { gateKeys } from "../../core/gate/keys.ts";
import { openRedis } from "../support/test-redis.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import type { Shopper } from "./shopper.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud({ schedules: ["guardian"] });
const shopper = testShoppers(cloud);
/** Each page is one of several, and a busy machine needs its time. */
const LIMIT_MS = 120_000;

const aPaidSale = (settings: Parameters<typeof newSale>[1] = {}) =>
  newSale(cloud, { priceMinor: 4_900, payment: { kind: "held", holdSeconds: 600 }, ...settings });

/** A shopper who holds a unit, on the page of their order. */
async function aHolder(saleId: string, path = ""): Promise<Shopper> {
  const holder = await shopper({ token: true });
  await holder.open(`${path}/sale/?id=${saleId}`);
  await holder.part("buy").click();
  await holder.state("held");
  await holder.part("order-link").click();
  await holder.page.waitForURL("**/order/?id=*");
  await holder.state("held");
  return holder;
}
const choose = ({ page }: Shopper, name: string) => page.getByRole("button", { name, exact: true }).click();

test(
  "buy, pay after a card was declined, and it is yours; withdraw in two steps, and the money is back",
  async () => {
    const ada = await aHolder(await aPaidSale());
    await ada
      .part("pay-clock")
      .filter({ hasText: /00:09:\d\d left to pay/ })
      .waitFor();
    expect(await ada.part("order-held").textContent()).not.toBe("");
    expect(await violations(ada)).toEqual([]);
    await ada.part("pay").click();
    await ada.page.getByRole("heading", { name: "Pay here" }).waitFor();
    await choose(ada, "Pay with a card that is declined");
    await ada.page.getByText("Your card was declined.").waitFor();
    await choose(ada, "Go back without paying");
    await ada.page.waitForURL("**/order/?id=*");
    await ada.state("held");
    await ada.part("pay").click();
    await choose(ada, "Pay");
    await ada.page.waitForURL("**/order/?id=*");
    await ada.state("confirmed");
    expect(await ada.part("payment").isVisible()).toBe(false);
    await ada
      .part("withdrawal-terms")
      .filter({ hasText: "You can withdraw from this order until" })
      .waitFor();
    expect(await ada.part("withdraw-confirm").isVisible()).toBe(false);
    await choose(ada, "Withdraw from this order");
    await ada.part("withdraw-heading").waitFor();
    expect(await violations(ada)).toEqual([]);
    await choose(ada, "Keep the order");
    await choose(ada, "Withdraw from this order");
    await choose(ada, "Confirm withdrawal");
    await ada.state("refunded");
    await ada.part("refund-done").filter({ hasText: "€49.00 was paid back" }).waitFor();
    expect(await ada.part("withdraw-begin").isVisible()).toBe(false);
  },
  LIMIT_MS,
);

test(
  "give it up, in German: nothing is charged, and the sale's page says so",
  async () => {
    const saleId = await aPaidSale({ withdrawal: { kind: "excepted", exception: "perishable" } });
    const ben = await aHolder(saleId, "/de");
    await ben.page.getByText("Verzichten", { exact: true }).click();
    await ben.part("give-up").click();
    await ben.state("cancelled");
    expect(await violations(ben)).toEqual([]);
    await ben.open(`/de/sale/?id=${saleId}`);
    await ben.state("cancelled");
    expect(await ben.part("withdrawal").textContent()).toBe(
      "Für eine Bestellung hier sieht das Gesetz kein Widerrufsrecht vor: Sie verdirbt oder verfällt schnell.",
    );
  },
  LIMIT_MS,
);

test(
  "who does not pay in time is told so, on a page that is open",
  async () => {
    const saleId = await aPaidSale();
    const eve = await aHolder(saleId);
    await makeDue(saleId);
    await eve.state("expired");
    expect(await eve.part("payment").isVisible()).toBe(false);
  },
  LIMIT_MS,
);

test(
  "the provider is down: what is not known is not said, and trying again works",
  async () => {
    const ida = await aHolder(await aPaidSale());
    cloud.payments.setOutage("errors");
    await ida.part("pay").click();
    await ida.part("pay-note").filter({ hasText: "your order will say" }).waitFor();
    cloud.payments.setOutage("none");
    await ida.part("pay").click();
    await ida.page.getByRole("heading", { name: "Pay here" }).waitFor();
  },
  LIMIT_MS,
);

test(
  "without script: buy, pay, withdraw, paid back; and another gives it up",
  async () => {
    const saleId = await aPaidSale();
    const buy = async () => {
      const plain = await shopper({ token: true, javaScriptEnabled: false });
      await plain.page.goto(`/plain/en/sale/${saleId}`);
      await choose(plain, "Buy for €49.00");
      await plain.page.locator('main [data-state="held"]').waitFor();
      return plain;
    };
    const leo = await buy();
    await choose(leo, "Pay now");
    await leo.page.getByRole("heading", { name: "Pay here" }).waitFor();
    await choose(leo, "Pay");
    await leo.page.waitForURL("**/plain/en/order/*");
    await leo.page.locator('main [data-state="confirmed"]').waitFor();
    await leo.page.getByRole("link", { name: "Withdraw from this order" }).click();
    await leo.page.locator('main [data-state="confirm"]').waitFor();
    await choose(leo, "Confirm withdrawal");
    await leo.page.locator('main [data-state="refunded"]').waitFor();
    await leo.page.getByText("€49.00 was paid back").waitFor();
    const mia = await buy();
    await mia.page.getByText("Give it up", { exact: true }).click();
    await choose(mia, "Yes, give it up");
    await mia.page.locator('main [data-state="cancelled"]').waitFor();
  },
  LIMIT_MS,
);

/** The gate's list of holds says that all of them are overdue. */
async function makeDue(saleId: SaleId): Promise<void> {
  const redis = openRedis(cloud);
  const { holds } = gateKeys(saleId);
  for (const member of await redis.zrange(holds, "0", "-1")) await redis.zadd(holds, "1", member);
  redis.disconnect();
}
