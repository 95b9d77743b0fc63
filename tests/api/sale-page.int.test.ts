import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { call as request } from "../../local/fixtures/call.ts";
import { startCloud } from "../../local/cloud.ts";
import { testStores } from "../support/stores.ts";
import { testProxy } from "../support/tcp-proxy.ts";
import { testApi } from "../support/test-api.ts";
import { waitFor } from "../support/wait-for.ts";

/** The marks of the site's own page, without the rest of it; the browser tests see the whole. */
const shell = `<head><!--fill:head--><title>Sale</title><!--/fill:head--></head>
<a data-fill="other-locale" href="/de/sale/">Deutsch</a><a data-fill="plain" href="/plain/en">plain</a>
<h1 data-fill="name">Sale</h1><p data-fill="price"></p><h2 data-fill="heading">Checking</h2><p data-fill="body">.</p>
<section data-fill="about" hidden><p data-fill="description"></p><dd data-fill="opens"></dd>
<div data-fill="ends-row" hidden><dd data-fill="ends"></dd></div><dd data-fill="limit"></dd><dd data-fill="withdrawal"></dd></section>`;
const siteDir = mkdtempSync(join(tmpdir(), "flash-sale-shell-"));
const shellIn = (folder: string, text = shell) => {
  mkdirSync(join(siteDir, folder), { recursive: true });
  writeFileSync(join(siteDir, folder, "index.html"), text);
};
shellIn("sale");
shellIn("de/sale", shell.replace('data-fill="name"', ""));

const stores = await testStores();
const dynamo = await testProxy(stores.dynamoEndpoint);
const environment = { DYNAMODB_ENDPOINT: dynamo.url };
const cloud = await startCloud({
  external: stores,
  prefix: stores.prefix,
  siteDir,
  environment,
  trigger: false,
});
afterAll(async () => {
  await cloud.stop();
  rmSync(siteDir, { recursive: true });
});
const { call, newSale } = testApi(cloud.apiUrl);
const get = (path: string) => request(cloud.siteUrl + path);

afterEach(async () => {
  dynamo.set("pass");
  await waitFor("every store answers", async () => (await call("GET /api/health/ready")).status === 200);
});

test("a sale's page has its facts, and the CDN keeps it for everybody, whatever the query string", async () => {
  const saleId = await newSale({ name: "Kept", endsAt: "2100-01-01T00:00:00.000Z" });
  const first = await get(`/sale/${saleId}?utm_source=a`);
  expect(first).toMatchObject({ status: 200, headers: { "cache-control": "public, max-age=5" } });
  expect(first.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(first.body).toContain('<h1 data-fill="name">Kept</h1>');
  expect(first.body).toContain(`href="${cloud.siteUrl}/sale/${saleId}"`);
  expect(first.body).toContain(
    '<div data-fill="ends-row"><dd data-fill="ends">Fri, 1 Jan 2100, 00:00 UTC</dd>',
  );
  const second = await get(`/sale/${saleId}?utm_source=b`);
  expect([first.headers["x-cache"], second.headers["x-cache"]]).toEqual([
    "Miss from local-cdn",
    "Hit from local-cdn",
  ]);
  expect(second.body).toBe(first.body);
});

test.each(["/sale/", "/de/sale/", "/plain/en/sale/", "/api/sale/status/"])(
  "HEAD %s<id> is answered as GET is, without the page",
  async (folder) => {
    const path = folder + (await newSale());
    const head = await request(cloud.siteUrl + path, { method: "HEAD" });
    const whole = await get(path);
    expect(head).toMatchObject({ status: 200, body: "" });
    expect(head.headers["content-type"]).toBe(whole.headers["content-type"]);
    expect(head.headers["content-length"]).toBe(whole.headers["content-length"]);
  },
);

test("an unknown sale, or what is no sale's id, is the same page under 404, and is not indexed", async () => {
  for (const name of ["sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD", "nothing", "%3Cb%3E"]) {
    const page = await get(`/sale/${name}`);
    expect([name, page.status]).toEqual([name, 404]);
    expect(page.body).toContain('<h1 data-fill="name">There is no sale at this address</h1>');
    expect(page.body).toContain('<meta name="robots" content="noindex" />');
    expect(page.body).not.toContain("og:type");
  }
});

test.each(["cut", "stall"] as const)(
  "the ledger is %s: the page as it was built, which finds out by itself",
  async (mode) => {
    const saleId = await newSale({ name: "Hidden" });
    dynamo.set(mode);
    const page = await get(`/sale/${saleId}`);
    expect(page).toMatchObject({ status: 200, body: shell, headers: { "cache-control": "no-store" } });
  },
);

test("a page of another build than this code is served as it is", async () => {
  const page = await get(`/de/sale/${await newSale()}`);
  expect(page).toMatchObject({ status: 200, headers: { "cache-control": "no-store" } });
  expect(page.body).toContain("<title>Sale</title>");
});
