import { afterEach, expect, test } from "vitest";
import { testFaultyCloud } from "../support/faulty-cloud.ts";
import { formOf, plainBrowser } from "../support/plain-browser.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testFaultyCloud();
const { call, newSale } = testApi(cloud.apiUrl);
const { open } = plainBrowser(cloud.apiUrl);
const PURCHASE = "/plain/en/purchase";

afterEach(async () => {
  for (const proxy of [cloud.redis, cloud.dynamo]) proxy.set("pass");
  await waitFor("every store answers", async () => (await call("GET /api/health/ready")).status === 200);
});

test("a sale's page that cannot be rendered leads to the static one, in its language", async () => {
  const saleId = await newSale();
  // This cloud serves no site.
  for (const [locale, path] of [
    ["en", "/sale/"],
    ["de", "/de/sale/"],
  ]) {
    const page = await open(`/page/${locale}/sale/${saleId}`);
    expect(page).toMatchObject({ status: 303, location: `${path}?id=${saleId}` });
    expect(page.headers["cache-control"]).toBe("no-store");
  }
});

test("while the ledger is silent, pages say that nothing can be said, and when to ask again", async () => {
  const saleId = await newSale();
  const buyer = aBuyer();
  cloud.dynamo.set("cut");
  for (const path of ["/plain/en", `/plain/en/sale/${saleId}`]) {
    const page = await open(path, tokenOf(buyer));
    expect(page).toMatchObject({ status: 503, heading: "We cannot say right now" });
    expect(page.headers["retry-after"]).toBe("1");
    expect(page.words).toContain("This says nothing about a sale or an order.");
  }
});

test("while the gate is silent, a sale says that it is checking, and takes no order", async () => {
  const saleId = await newSale();
  cloud.redis.set("cut");
  const page = await open(`/plain/en/sale/${saleId}`, tokenOf());
  expect(page).toMatchObject({
    status: 200,
    words: expect.stringContaining("The sale is checking its records"),
  });
  expect(page.words).toContain("This does not mean sold out.");
  expect(formOf(page, PURCHASE)).toBeNull();
});
