import { expect, test } from "vitest";
import { callApi } from "../../local/call-api.ts";
import { localSession } from "../../load/local-session.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import type { Shopper } from "./shopper.ts";
import { awaitCode } from "./sign-in-by-mail.ts";
import { testShoppers } from "./test-shoppers.ts";

const TEN_MINUTES_MS = 600_000;
/** About a phone in a crowd: 400 kbit/s each way, 400 ms there and back. */
const SLOW_NETWORK = {
  offline: false,
  latency: 400,
  downloadThroughput: 50_000,
  uploadThroughput: 50_000,
};
const PURCHASE = "**/api/sale/purchase";

const cloud = await browserCloud();
const shopper = testShoppers(cloud);

const focused = ({ page }: Shopper) =>
  page.evaluate<string>("document.activeElement.dataset.part ?? document.activeElement.textContent");

/** Presses Tab until the focus is there. */
async function tabTo(visitor: Shopper, target: string): Promise<void> {
  for (let steps = 0; steps < 30; steps++) {
    if ((await focused(visitor)) === target) return;
    await visitor.page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reaches "${target}".`);
}

const ordersOf = async (saleId: string, token: string) => {
  const answer = await callApi<{ orders: unknown[] }>(cloud.apiUrl, `GET /api/sale/my-order/${saleId}`, {
    token,
  });
  return answer.orders.length;
};

test("by keyboard alone, from the list to the confirmed order; the focus goes to each result", async () => {
  await newSale(cloud, { name: "By keyboard" });
  const kit = await shopper();
  const { keyboard } = kit.page;
  await kit.open("/");
  await kit.state("ready");
  await tabTo(kit, "sale-link");
  await keyboard.press("Enter");
  await kit.state("open");
  await kit.part("email").waitFor();
  await tabTo(kit, "email");
  const nextCode = await awaitCode(cloud, "kit@example.com");
  await keyboard.type("kit@example.com");
  await keyboard.press("Enter");
  await kit.page.locator('[data-part="code"]:focus').waitFor();
  await keyboard.type(await nextCode());
  await keyboard.press("Enter");
  await kit.page.locator('[data-part="heading"]:focus').waitFor();
  await kit.part("buy").waitFor();
  await tabTo(kit, "buy");
  await keyboard.press("Enter");
  await kit.state("confirmed");
  expect(await focused(kit)).toBe("heading");
});

test("two browsers race for the last unit: one has it, the other is told that it is gone", async () => {
  const saleId = await newSale(cloud, { allocated: 1 });
  const racers = await Promise.all([shopper({ token: true }), shopper({ token: true })]);
  await Promise.all(racers.map((racer) => racer.open(`/sale/?id=${saleId}`)));
  await Promise.all(racers.map((racer) => racer.part("buy").waitFor()));
  for (const racer of racers) await racer.stall("**/api/sale/status/*");
  await Promise.all(racers.map((racer) => racer.part("buy").click()));
  const ends = await Promise.all(racers.map((racer) => racer.state("confirmed", "sold_out")));
  expect(ends.toSorted()).toEqual(["confirmed", "sold_out"]);
});

test("offline at the click and back: the request goes through by itself, once", async () => {
  const saleId = await newSale(cloud, { purchaseLimit: 3 });
  const { token } = localSession();
  const olga = await shopper({ token });
  await olga.open(`/sale/?id=${saleId}`);
  await olga.part("buy").waitFor();
  await olga.context.setOffline(true);
  await olga.part("buy").click();
  await olga.state("offline");
  await olga.context.setOffline(false);
  await olga.state("confirmed");
  expect(await ordersOf(saleId, token)).toBe(1);
});

test("on a slow network the page works, the purchase goes through once, and waiting never reads as failure", async () => {
  const saleId = await newSale(cloud, { purchaseLimit: 3 });
  const { token } = localSession();
  const sam = await shopper({ token });
  const keys: string[] = [];
  sam.page.on("request", (request) => {
    if (request.method() === "POST") keys.push(request.headers()["idempotency-key"] ?? "none");
  });
  const devtools = await sam.context.newCDPSession(sam.page);
  await devtools.send("Network.emulateNetworkConditions", SLOW_NETWORK);
  await sam.open(`/sale/?id=${saleId}`);
  await sam.part("buy").waitFor();
  await sam.part("buy").dblclick();
  await sam.state("confirmed");
  const seen = await sam.seenStates();
  expect(seen).toContain("submitting");
  for (const untrue of ["sold_out", "ended", "not_open", "refused", "rejected", "not_found"])
    expect(seen).not.toContain(untrue);
  expect(new Set(keys).size).toBe(1);
  expect(await ordersOf(saleId, token)).toBe(1);
  await sam.part("order-link").click();
  await sam.part("order-price").filter({ hasText: "€349.00" }).waitFor();
});

test("an answer that was lost on the way reads as checking, and asking again buys nothing twice", async () => {
  const saleId = await newSale(cloud, { purchaseLimit: 3 });
  const { token } = localSession();
  const lena = await shopper({ token });
  await lena.open(`/sale/?id=${saleId}`);
  await lena.page.route(PURCHASE, (route) => route.fetch().then(() => route.abort()), { times: 1 });
  await lena.part("buy").click();
  await lena.state("checking");
  await lena.state("confirmed");
  expect(await ordersOf(saleId, token)).toBe(1);
});

test("a reload in the middle of a purchase finds it again", async () => {
  const saleId = await newSale(cloud, { purchaseLimit: 3 });
  const { token } = localSession();
  const rosa = await shopper({ token });
  await rosa.open(`/sale/?id=${saleId}`);
  await rosa.stall(PURCHASE);
  await rosa.part("buy").click();
  await rosa.state("submitting");
  await rosa.page.unroute(PURCHASE);
  await rosa.page.reload();
  await rosa.state("confirmed");
  expect(await ordersOf(saleId, token)).toBe(1);
});

test("a second tab shows what the first one did", async () => {
  const saleId = await newSale(cloud);
  const tess = await shopper({ token: true });
  await tess.open(`/sale/?id=${saleId}`);
  const second = await tess.context.newPage();
  await second.goto(`/sale/?id=${saleId}`);
  await second.locator('[data-part="buy"]').waitFor();
  await tess.part("buy").click();
  await tess.state("confirmed");
  await second.locator('[data-part="sale"][data-state="confirmed"]').waitFor();
  expect(await second.locator('[data-part="order-id"]').textContent()).toBe(
    await tess.part("order-id").textContent(),
  );
});

test.for([TEN_MINUTES_MS, -TEN_MINUTES_MS])(
  "a clock that is %i ms wrong changes neither countdown nor opening",
  async (wrongMs) => {
    const saleId = await newSale(cloud, { startsAt: new Date(Date.now() + 5_000).toISOString() });
    const clive = await shopper({ token: true });
    await clive.page.clock.setFixedTime(Date.now() + wrongMs);
    await clive.open(`/sale/?id=${saleId}`);
    await clive.state("scheduled");
    const left = await Promise.all(
      ["hours", "minutes", "seconds"].map((unit) => clive.part(unit).innerText()),
    );
    expect(left.join(":")).toMatch(/^00:00:0[0-5]$/);
    await clive.part("buy").click();
    await clive.state("confirmed");
  },
);
