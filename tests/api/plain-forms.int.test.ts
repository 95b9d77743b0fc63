import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { pages } from "../../core/contract/pages.ts";
import { testCloud } from "../support/cloud.ts";
import { formOf, plainBrowser } from "../support/plain-browser.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi, tokenOf } from "../support/test-api.ts";

const cloud = await testCloud();
const { newSale } = testApi(cloud.apiUrl);
const { ledgerOf } = testSnapshots(cloud);
const { post, buy } = plainBrowser(cloud.apiUrl);
const ORDER = /^\/plain\/en\/order\/(ord_[0-9A-Z]{26})$/;

/** Whatever a page of ours sends that changes something is a form. */
const formPaths = Object.values(pages)
  .filter(({ route }) => !route.startsWith("GET "))
  .map(({ route }) => route.replace("POST ", "").replace("{locale}", "en"));

test("every page that is not only looked at takes a form", () => {
  const taking = Object.values(pages).filter((page) => "form" in page);
  expect(formPaths).toHaveLength(taking.length);
  expect(formPaths.length).toBeGreaterThanOrEqual(8);
});

describe("forms that are wrong", () => {
  const next = "/plain/en";

  test("an address that is none is named beside its field, and so is a code; nothing is sent", async () => {
    const email = await post("/plain/en/code", { email: "ada at home", next });
    expect(email.status).toBe(400);
    expect(email.body).toMatch(/aria-describedby="email-error"\s+aria-invalid="true"/);
    expect(email.words).toContain("Enter your full e-mail address");
    const fields = { challenge: "a".repeat(22), email: "ada@example.com", next };
    const code = await post("/plain/en/session", { ...fields, code: "12 34" });
    expect(code).toMatchObject({
      status: 400,
      words: expect.stringContaining("The code has eight letters and digits"),
    });
    const wrong = await post("/plain/en/session", { ...fields, code: "2345-6789" });
    expect(wrong).toMatchObject({ status: 401, words: expect.stringContaining("This code is wrong") });
    expect(formOf(wrong, "/plain/en/session")).toMatchObject({ challenge: fields.challenge });
    expect(wrong.headers["set-cookie"]).toBeUndefined();
  });

  test("a way on that leaves the site is refused by its name, and no page links there", async () => {
    const page = await post("/plain/en/code", { email: "ada@example.com", next: "//evil.example" });
    expect(page).toMatchObject({ status: 400, words: expect.stringContaining('"next" is missing or wrong') });
    expect(page.body).not.toContain("evil.example");
  });

  test("JSON is no form, and 17 KB are too many", async () => {
    expect((await buy(await newSale(), { token: tokenOf(), type: "application/json" })).status).toBe(415);
    expect((await buy(await newSale(), { token: tokenOf(), key: "k".repeat(17_000) })).status).toBe(413);
  });
});

describe("forms of other sites", () => {
  const origins = [
    ["a foreign Origin", { origin: "https://evil.example" }],
    ["no Origin", { origin: undefined }],
    ["Origin null", { origin: "null" }],
    ["a cross-site request", { site: "cross-site" }],
    ["a request of a sibling", { site: "same-site" }],
  ] as const;

  test.each(origins)("%s: 403, and nothing is done", async (_what, from) => {
    const saleId = await newSale();
    const token = tokenOf();
    const email = `${randomUUID()}@example.com`;
    const refused = [
      await buy(saleId, { token, ...from }),
      await post("/plain/en/code", { email, next: "/plain/en" }, from),
      await post("/plain/en/session", { challenge: "", code: "", email, next: "" }, from),
      await post("/plain/en/sign-out", { next: "/plain/en" }, { token, ...from }),
    ];
    // Whichever forms there are: where it comes from is looked at before what is in it.
    for (const path of formPaths) refused.push(await post(path, {}, { token, ...from }));
    expect(refused.map(({ status, heading }) => [status, heading])).toEqual(
      refused.map(() => [403, "This request was refused"]),
    );
    expect(refused.every(({ headers }) => headers["set-cookie"] === undefined)).toBe(true);
    expect(await ledgerOf(saleId)).toEqual([]);
    const mails = await fetch(`${cloud.mailboxUrl}/api?to=${email}`);
    expect(await mails.json()).toEqual({ mails: [] });
    // The same form of our own page does buy.
    expect((await buy(saleId, { token, site: "same-origin" })).location).toMatch(ORDER);
  });
});
