import { expect, test } from "vitest";
import { testCloud } from "../support/cloud.ts";
import { plainBrowser } from "../support/plain-browser.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testCloud();
const { newSale } = testApi(cloud.apiUrl);
const { open, post, buy } = plainBrowser(cloud.apiUrl);
/** More than one look takes in; see core/look-up/buyer-orders.ts. */
const SALES_IN_THREE_LOOKS = 75;

test("without script a buyer finds the orders of all sales, theirs alone, with what each cost", async () => {
  const token = tokenOf();
  const [first, second] = [await newSale({ name: "First" }), await newSale({ name: "Second" })];
  for (const saleId of [first, second]) expect((await buy(saleId, { token })).status).toBe(303);
  await buy(first, { token: tokenOf() });
  await waitFor("both are confirmed", async () => {
    const { words } = await open("/plain/en/orders", token);
    return words.split("Confirmed").length === 3;
  });
  const page = await open("/plain/en/orders", token);
  expect(page).toMatchObject({ status: 200, heading: "My orders" });
  expect(page.words.indexOf("Second")).toBeLessThan(page.words.indexOf("First"));
  expect(page.words.match(/€129\.00/g)).toHaveLength(2);
  expect(page.body.match(/<h2><a href="\/plain\/en\/order\/ord_/g)).toHaveLength(2);
  expect((await open("/plain/de/orders", token)).heading).toBe("Meine Bestellungen");
  expect((await open("/plain/en/orders", tokenOf())).words).toContain("This account has no orders");
});

test("who is not signed in is asked to, and comes back", async () => {
  const page = await open("/plain/en/orders");
  expect(page.status).toBe(401);
  expect(page.body).toContain('name="next" value="/plain/en/orders"');
  const asked = await post("/plain/en/code", { email: "orla@example.com", next: "/plain/en/orders" });
  expect(asked.status).toBe(200);
});

test("an order that many newer sales hide is one click away", { timeout: 90_000 }, async () => {
  const token = tokenOf();
  await buy(await newSale({ name: "Long ago" }), { token });
  for (let count = 0; count < SALES_IN_THREE_LOOKS; count++) await newSale();
  const page = await open("/plain/en/orders", token);
  expect(page.words).toContain("There are none among these sales.");
  const [, older = ""] = /href="(\/plain\/en\/orders\?after=sale_\w+)"/.exec(page.body) ?? [];
  expect((await open(older, token)).words).toContain("Long ago");
  expect((await open("/plain/en/orders?after=nothing", token)).status).toBe(400);
});

test("the opening is a file for calendars, in the language of its page", async () => {
  const saleId = await newSale({ name: "Lamp, brass", startsAt: "2100-01-01T09:00:00.000Z" });
  expect((await open(`/plain/en/sale/${saleId}`)).body).toContain(`href="/plain/en/calendar/${saleId}"`);
  const file = await open(`/plain/de/calendar/${saleId}`);
  expect(file.headers["content-type"]).toBe("text/calendar; charset=utf-8");
  expect(file.headers["content-disposition"]).toBe(`attachment; filename="${saleId}.ics"`);
  expect(file.body).toContain("DTSTART:21000101T090000Z\r\nSUMMARY:Lamp\\, brass\r\n");
  expect(file.body.replaceAll("\r\n ", "")).toContain(`/de/sale/${saleId}\r\n`);
  const missing = await open("/plain/en/calendar/sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD");
  expect(missing).toMatchObject({ status: 404, heading: "There is no such sale" });
});
