import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { securityHeaders } from "../../core/contract/security-headers.ts";
import { call } from "../fixtures/call.ts";
import { type HttpServer, serveHttp } from "../http-server.ts";
import { startCdn } from "./cdn.ts";

const ORIGIN_DELAY_MS = 30;
const siteDir = mkdtempSync(join(tmpdir(), "flash-sale-site-"));
let origin: HttpServer;
let cdn: HttpServer;
let seen: IncomingMessage[] = [];
let cacheControl = "";

beforeAll(async () => {
  mkdirSync(join(siteDir, "orders"));
  writeFileSync(join(siteDir, "index.html"), "<h1>home</h1>");
  writeFileSync(join(siteDir, "orders", "index.html"), "<h1>orders</h1>");
  writeFileSync(join(siteDir, "app.js"), "export {};");
  writeFileSync(join(siteDir, "404.html"), "<h1>lost</h1>");
  origin = await serveHttp("origin", 0, (request, response) => {
    seen.push(request);
    const answer = () => {
      response.setHeader("cache-control", cacheControl);
      response.setHeader("set-cookie", ["a=1", "b=2"]);
      response.writeHead(request.url?.includes("missing") ? 404 : 200).end(String(seen.length));
    };
    setTimeout(answer, ORIGIN_DELAY_MS);
  });
  cdn = await startCdn({ port: 0, apiUrl: () => origin.url, mailUrl: origin.url, siteDir });
});
beforeEach(() => {
  seen = [];
  cacheControl = "public, max-age=1";
});
afterAll(async () => {
  await cdn.stop();
  await origin.stop();
  rmSync(siteDir, { recursive: true });
});

const nobody = () => "http://127.0.0.1:1";
const get = (path: string, headers: string[] = []) => call(cdn.url + path, { headers });

test("the site's files come with their types, folders by their index", async () => {
  const home = await get("/");
  expect(home).toMatchObject({ status: 200, body: "<h1>home</h1>" });
  expect(home.headers["content-type"]).toMatch(/^text\/html/);
  expect((await get("/app.js")).headers["content-type"]).toMatch(/^text\/javascript/);
  expect((await get("/orders/")).body).toBe("<h1>orders</h1>");
});

test("files, missing pages and the API's answers bear the security headers; the local mailbox has its own style", async () => {
  for (const path of ["/", "/nothing", "/api/sales", "/api/sale/order/ord_1"])
    expect([path, (await get(path)).headers]).toMatchObject([path, securityHeaders]);
  expect((await get("/mailbox/")).headers).not.toHaveProperty("content-security-policy");
});

test("a path that is no file gets the site's 404 page; none leaves the site's folder", async () => {
  for (const path of ["/nothing", "/../package.json", "/%2e%2e/package.json", "/..%2fpackage.json"])
    expect([path, await get(path)]).toMatchObject([path, { status: 404, body: "<h1>lost</h1>" }]);
});

test("a shared answer is kept for as long as it says, whatever the query string", async () => {
  const first = await get("/api/sale/status/kept");
  const second = await get("/api/sale/status/kept?x=1");
  expect([first.body, second.body]).toEqual(["1", "1"]);
  expect([first.headers["x-cache"], second.headers["x-cache"]]).toEqual([
    "Miss from local-cdn",
    "Hit from local-cdn",
  ]);
  expect(second.headers["age"]).toBe("0");
  await sleep(1050);
  expect((await get("/api/sale/status/kept")).body).toBe("2");
});

test("a sale's address is a rendered page, shared by all; forms and their answers are each shopper's own", async () => {
  for (const [address, path] of [
    ["/sale/sale_1", "/page/en/sale/sale_1"],
    ["/de/sale/sale_1", "/page/de/sale/sale_1"],
  ] as const) {
    const first = await get(`${address}?utm_source=a`, ["cookie", "session=mine"]);
    expect([first.body, (await get(`${address}?utm_source=b`)).body]).toEqual([first.body, first.body]);
    expect(seen.map((request) => [request.url, request.headers.cookie])).toEqual([[path, undefined]]);
    seen = [];
  }
  const headers = ["cookie", "session=mine", "origin", cdn.url];
  await call(`${cdn.url}/plain/en/purchase?x=1`, { method: "POST", headers, body: "key=1" });
  expect([seen[0]?.url, seen[0]?.headers.cookie, seen[0]?.headers.origin]).toEqual([
    "/plain/en/purchase?x=1",
    "session=mine",
    cdn.url,
  ]);
});

test("requests that come together share one call to the origin", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => get("/api/sale/status/together")));
  expect(new Set(answers.map((answer) => answer.body))).toEqual(new Set(["1"]));
  expect(seen).toHaveLength(1);
});

test("nothing of a shopper goes into or out of a shared answer", async () => {
  const { headers } = await get("/api/sales", ["cookie", "session=mine", "authorization", "Bearer mine"]);
  expect(seen[0]?.headers).not.toHaveProperty("cookie");
  expect(seen[0]?.headers).not.toHaveProperty("authorization");
  expect(headers).not.toHaveProperty("set-cookie");
});

test("an answer that does not allow it is not kept", async () => {
  for (const value of ["no-store", "private, max-age=60", "public, max-age=0", ""]) {
    cacheControl = value;
    const path = `/api/sale/status/not-kept-${seen.length}`;
    const answers = [await get(path), await get(path)];
    expect([value, new Set(answers.map((answer) => answer.body)).size]).toEqual([value, 2]);
  }
});

test("every other path passes through, each request by itself, with the shopper's address", async () => {
  const own = ["cookie", "session=mine", "x-forwarded-for", "203.0.113.9"];
  const path = "/api/sale/order/ord_1?x=1";
  const answers = await Promise.all([get(path, own), get(path, own)]);
  expect(answers.map((answer) => answer.headers["set-cookie"])).toEqual([
    ["a=1", "b=2"],
    ["a=1", "b=2"],
  ]);
  expect(seen.map((request) => request.url)).toEqual([path, path]);
  expect(seen[0]?.headers).toMatchObject({
    cookie: "session=mine",
    "x-forwarded-for": "203.0.113.9, 127.0.0.1",
  });
  const posted = await call(`${cdn.url}/api/sales`, { method: "POST", body: "{}" });
  expect([posted.status, seen.at(-1)?.method]).toEqual([200, "POST"]);
});

test("an origin that does not answer is a 502", async () => {
  const broken = await startCdn({ port: 0, apiUrl: nobody, mailUrl: origin.url, siteDir });
  for (const path of ["/api/sales", "/api/sale/order/ord_1"])
    expect((await call(broken.url + path)).status).toBe(502);
  await broken.stop();
});
