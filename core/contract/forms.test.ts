import { expect, test } from "vitest";
import * as v from "valibot";
import { purchaseForm, signOutForm } from "./forms.ts";

const SALE = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD";
const leadsTo = (next: string) => v.is(signOutForm, { next });

test.each([
  "/plain/en",
  "/plain/de",
  `/plain/en/sale/${SALE}`,
  `/plain/de/sale/${SALE}?key=f47ac10b-58cc-4372-a567-0e02b2c3d479`,
  "/plain/en/order/ord_01J9ZQ4Z6XWT9YV3W3V9K8M2QD",
])("a form may lead to %s", (next) => {
  expect(leadsTo(next)).toBe(true);
});

test.each([
  "https://evil.example/plain/en",
  "//evil.example",
  "/\\evil.example",
  "/plain/en//evil.example",
  "/plain/en\\evil",
  "/plain/en\r\nset-cookie: a=b",
  "/plain/en\n",
  "/plain/fr",
  "/plain/en/purchase",
  "/admin/",
  `/plain/en/sale/${SALE}?key=short`,
  `/plain/en/sale/${SALE}?key=f47ac10b-58cc-4372&next=//evil.example`,
  `/plain/en/sale/${SALE}@evil.example`,
  "javascript:alert(1)",
  "",
])("a form may not lead to %j", (next) => {
  expect(leadsTo(next)).toBe(false);
});

const key = "f47ac10b-58cc-4372-a567-0e02b2c3d479";

test("a quantity is text that becomes a number, or is named", () => {
  expect(v.parse(purchaseForm, { saleId: SALE, quantity: "2", key })).toEqual({
    saleId: SALE,
    quantity: 2,
    key,
  });
  for (const quantity of ["", "0", "-1", "1.5", "1e1", "101", "two", " 1", undefined]) {
    const { issues = [] } = v.safeParse(purchaseForm, { saleId: SALE, quantity, key });
    expect([quantity, issues.map((issue) => v.getDotPath(issue))]).toEqual([quantity, ["quantity"]]);
  }
});
