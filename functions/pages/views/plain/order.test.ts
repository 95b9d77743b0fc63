import { expect, test } from "vitest";
import type { OrderId, SaleId } from "../../../../core/ids.ts";
import type { OrderView, OwnOrder } from "../../../../web/src/features/api/contract.ts";
import { readShop } from "../../../../core/contract/shop.ts";
import { plainWordsIn } from "../../../../web/texts/plain.ts";
import { orderPage } from "./order.ts";

const order: OrderView = {
  orderId: "ord_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as OrderId,
  saleId: "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId,
  quantity: 3,
  unitsLeft: 3,
  place: 1,
  state: "confirmed",
  reservedAt: "2026-11-27T10:00:00.000Z",
};
const sale = { name: "Lamp", names: { de: "Lampe" }, priceMinor: 10_000, currency: "EUR", picture: null };
const page = (seen: Partial<OwnOrder>, locale: "en" | "de" = "en") =>
  orderPage(plainWordsIn(locale, readShop({})), {
    order: { withdrawal: null, ...order, ...seen, sale },
    isOld: false,
  });
const REFRESH = 'http-equiv="refresh"';

test.each([
  ["pending", "We are checking your order", true],
  ["accepted", "Accepted. We are confirming your order", true],
  ["confirmed", "It is yours", false],
  ["returned", "This order has ended", false],
] as const)("%s says so; it asks again by itself: %s %s", (state, heading, isRefreshed) => {
  const text = page({ state, unitsLeft: state === "returned" ? 0 : 3 });
  expect(text).toContain(`<h1>${heading}</h1>`);
  expect(text.includes(REFRESH)).toBe(isRefreshed);
  expect(text.includes("Accepted")).toBe(state === "accepted");
});

test("what was taken back is told in both languages, and the total is of what is left", () => {
  expect(page({})).not.toContain("taken");
  expect(page({})).toContain("€300.00");
  const partly = page({ unitsLeft: 2 });
  expect(partly).toContain("One unit of it went back.");
  expect(partly).toContain("<dd>2 of 3</dd>");
  expect(partly).toContain("€200.00");
  expect(page({ unitsLeft: 1 }, "de")).toContain("2 Stück davon gingen zurück.");
  expect(page({ unitsLeft: 1 }, "de")).toContain("<dd>1 von 3</dd>");
  expect(page({ state: "returned", unitsLeft: 0 })).toContain("<dd>0 of 3</dd>");
});
