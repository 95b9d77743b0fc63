import type { ServerResponse } from "node:http";
import { afterAll, beforeEach, expect, test } from "vitest";
import { serveHttp } from "../../local/http-server.ts";
import { createSitePages } from "./site-pages.http.ts";

let paths: string[] = [];
let answer: (response: ServerResponse) => void;
const html = (text: string) => (response: ServerResponse) =>
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(text);
const site = await serveHttp("site", 0, (request, response) => {
  paths.push(request.url ?? "");
  answer(response);
});
afterAll(() => site.stop());

let nowMs = 0;
const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
const warnings: string[] = [];
const sitePages = () => createSitePages(site.url, clock, (message) => warnings.push(message));

beforeEach(() => {
  paths = [];
  warnings.length = 0;
  answer = html("first build");
});

test("a page is asked for once in ten seconds, and once by those who ask together", async () => {
  const { get } = sitePages();
  expect(await Promise.all([get("/sale/"), get("/sale/"), get("/de/sale/")])).toEqual(
    Array.from({ length: 3 }, () => "first build"),
  );
  answer = html("second build");
  nowMs += 9_999;
  expect(await get("/sale/")).toBe("first build");
  expect(paths.toSorted()).toEqual(["/de/sale/", "/sale/"]);
  nowMs += 1;
  expect(await get("/sale/")).toBe("second build");
});

test.each<[string, (response: ServerResponse) => void]>([
  ["an error", (response) => response.writeHead(503, { "content-type": "text/html" }).end("down")],
  [
    "something that is no page",
    (response) => response.writeHead(200, { "content-type": "image/png" }).end("x"),
  ],
  [
    "a way to somewhere else",
    (response) =>
      paths.at(-1) === "/elsewhere"
        ? html("elsewhere")(response)
        : response.writeHead(302, { location: "/elsewhere" }).end(),
  ],
  ["nothing", (response) => response.destroy()],
])(
  "where the site answers %s, the page stays as it was, and there is none if there was none",
  async (_what, broken) => {
    const { get } = sitePages();
    await get("/sale/");
    answer = broken;
    nowMs += 10_000;
    expect(await get("/sale/")).toBe("first build");
    expect(await get("/de/sale/")).toBeNull();
    expect(warnings).toEqual(["the site did not answer", "the site did not answer"]);
    // It is not asked again by each who comes.
    expect([await get("/sale/"), paths.length]).toEqual(["first build", 3]);
  },
);

test("a site that is silent is waited for two seconds, no longer", async () => {
  answer = () => {};
  const startedMs = performance.now();
  expect(await sitePages().get("/sale/")).toBeNull();
  expect(performance.now() - startedMs).toBeGreaterThan(1_900);
});
