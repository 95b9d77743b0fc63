import { describe, expect, test } from "vitest";
import { testCloud } from "../support/cloud.ts";
import { pictureUpload } from "../support/picture-files.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";

const cloud = await testCloud({ trigger: false });
const { call, newSale, buy } = testApi(cloud.apiUrl);
const token = tokenOf(aBuyer(), "operator");
const saleId = await newSale();
const stored = await call("POST /api/admin/pictures", { token, body: pictureUpload() });
const { id } = stored.body as { id: string };
/** An order that there is: a wish about none would not come as far as the records. */
const buyerId = aBuyer();
const bought = await buy(saleId, { buyerId });
const orderId = bought.body?.orderId;

const sale = {
  name: "Lamp",
  priceMinor: 1,
  currency: "EUR",
  allocated: 1,
  startsAt: "2020-01-01T00:00:00.000Z",
};
/** Each text of the contract under its name in the request, and a request that has it. */
const fields: readonly [string, (text: string) => object][] = [
  ["name", (name) => ({ name })],
  ["description", (description) => ({ description })],
  ["currency", (currency) => ({ currency })],
  ["startsAt", (startsAt) => ({ startsAt })],
  ["endsAt", (endsAt) => ({ endsAt })],
  ["picture.alt", (alt) => ({ picture: { id, alt } })],
  ["picture.id", (other) => ({ picture: { id: other, alt: "A lamp" } })],
  ["translations.de.name", (name) => ({ translations: { de: { name } } })],
  ["translations.en.description", (description) => ({ translations: { en: { description } } })],
];
const odd = [
  ["a lone high surrogate", "Lamp \ud83d"],
  ["a lone low surrogate", "\udca1 Lamp"],
  ["halves in the wrong order", "Lamp \udca1\ud83d"],
  ["a zero character", "Lamp \0"],
] as const;

/** One thing may be wrong with a field in two ways. */
const namesAlone = (field: string) =>
  expect.toSatisfy(
    (errors: { field: string }[]) => errors.length > 0 && errors.every((error) => error.field === field),
  );

describe.each(odd)("%s is refused by its field's name", (_what, text) => {
  test.each(fields)("in %s of a sale, new and changed", async (field, withText) => {
    const created = await call("POST /api/admin/sales", {
      token,
      key: crypto.randomUUID(),
      body: { ...sale, ...withText(text) },
    });
    const changed = await call(`PATCH /api/admin/sales/${saleId}`, { token, body: withText(text) });
    for (const { status, body } of [created, changed]) {
      expect([status, body?.kind]).toEqual([400, "invalid_request"]);
      expect(body?.errors?.map((error) => error.field)).toContain(field);
    }
  });

  test.each([
    ["POST /api/identity/code", "email", (email: string) => ({ email })],
    ["POST /api/identity/session", "code", (code: string) => ({ code, challenge: "A".repeat(22) })],
    ["POST /api/identity/session", "challenge", (challenge: string) => ({ code: "2345-6789", challenge })],
    ["POST /api/sale/purchase", "saleId", (other: string) => ({ saleId: other })],
  ] as const)("%s: %s", async (route, field, withText) => {
    const answer = await call(route, { token, key: crypto.randomUUID(), body: withText(text) });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  test("in why units are taken back, and in what a line's page says", async () => {
    const order = `/api/admin/sales/${saleId}/orders/${orderId}`;
    const wish = { units: 1, isWithheld: false, reason: text, buyerId };
    const cancelled = await call(`POST ${order}/cancel`, { token, key: crypto.randomUUID(), body: wish });
    const changed = await call(`PATCH /api/admin/sales/${saleId}/line`, { token, body: { message: text } });
    expect(cancelled).toMatchObject({ status: 400, body: { errors: namesAlone("reason") } });
    expect(changed).toMatchObject({ status: 400, body: { errors: namesAlone("message") } });
  });

  test("in why a go is decided", async () => {
    const body = { decision: "go", revision: 1, note: text };
    const answer = await call(`POST /api/admin/sales/${saleId}/go`, { token, body });
    expect(answer).toMatchObject({ status: 400, body: { errors: namesAlone("note") } });
  });

  test("as the name of a field", async () => {
    const answer = await call(`PATCH /api/admin/sales/${saleId}`, { token, body: { [text]: 1 } });
    expect(answer).toMatchObject({ status: 400, body: { kind: "invalid_request" } });
  });
});

test("a zero character in what operators search for is refused, in the list of sales and of orders", async () => {
  for (const path of ["", `/${saleId}/orders`]) {
    const answer = await call(`GET /api/admin/sales${path}?search=Lamp%00`, { token });
    expect(answer).toMatchObject({ status: 400, body: { errors: namesAlone("search") } });
  }
});

test("whole characters beyond the first plane are text as any other", async () => {
  const body = { name: "Lamp 💡", description: "💡\nfor two" };
  expect(await call(`PATCH /api/admin/sales/${saleId}`, { token, body })).toMatchObject({
    status: 200,
    body,
  });
});
