import { expect, test } from "vitest";
import type { Config } from "../../core/config.ts";
import { isOwnForm } from "./own-form.ts";

const SITE = "https://shop.example.com";
const API = "abc123.execute-api.us-east-1.amazonaws.com";
const at = (STAGE: Config["STAGE"], SITE_URL = SITE) => ({ STAGE, SITE_URL });

test.each<[string, Record<string, string>, boolean]>([
  ["a page of the site", { origin: SITE, "sec-fetch-site": "same-origin" }, true],
  ["a page of the site, in a browser that only knows Origin", { origin: SITE }, true],
  ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, false],
  ["another site, in a browser that only knows Origin", { origin: "https://evil.example" }, false],
  ["another host of the same domain", { origin: "https://blog.example.com" }, false],
  ["a sibling whose Origin was forged", { origin: SITE, "sec-fetch-site": "same-site" }, false],
  ["another site whose Origin was forged", { origin: SITE, "sec-fetch-site": "cross-site" }, false],
  ["nobody's page", { origin: SITE, "sec-fetch-site": "none" }, false],
  ["a sandboxed frame or a file", { origin: "null", "sec-fetch-site": "cross-site" }, false],
  ["somebody who does not say", {}, false],
  ["somebody who says less than all", { "sec-fetch-site": "same-origin" }, false],
  ["the site without its encryption", { origin: "http://shop.example.com" }, false],
  ["whoever calls the API by its own name", { origin: `https://${API}` }, false],
])("from %s", (_who, headers, isOwn) => {
  for (const stage of ["production", "preview", "dev"] as const)
    expect(isOwnForm({ headers: { host: API, ...headers } }, at(stage))).toBe(isOwn);
});

test("locally the site may go by any name that it was called by, and no other site does", () => {
  const local = at("local", "http://127.0.0.1:3000");
  const form = (host: string, origin: string) => isOwnForm({ headers: { host, origin } }, local);
  expect(form("localhost:3000", "http://localhost:3000")).toBe(true);
  expect(form("127.0.0.1:3000", "http://127.0.0.1:3000")).toBe(true);
  expect(form("localhost:3000", "http://evil.example")).toBe(false);
});
