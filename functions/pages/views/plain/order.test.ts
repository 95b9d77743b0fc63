import { describe, expect, test } from "vitest";
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
const NOW_MS = Date.parse("2026-11-27T10:01:00.000Z");
const page = (seen: Partial<OwnOrder>, locale: "en" | "de" = "en") =>
  orderPage(plainWordsIn(locale, readShop({})), {
    order: { withdrawal: null, ...order, ...seen, sale },
    isOld: false,
    nowMs: NOW_MS,
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

const held = (leftSeconds: number, locale: "en" | "de" = "en") =>
  page({ state: "held", expiresAt: new Date(NOW_MS + leftSeconds * 1_000).toISOString() }, locale);
const refreshOf = (text: string) => Number(/http-equiv="refresh" content="(\d+)"/.exec(text)?.[1]);

describe("an order that is held", () => {
  test("can be paid or given up, and is next told of a minute before its end", () => {
    const text = held(300);
    expect(text).toContain("Pay now");
    expect(text).not.toContain("Less than a minute");
    expect(refreshOf(text)).toBe(241);
  });

  test("says so when less than a minute is left, in both languages, and looks again at the end", () => {
    expect(held(60)).toContain("Less than a minute left to pay.");
    expect(held(1, "de")).toContain("Noch weniger als eine Minute zum Bezahlen.");
    expect(refreshOf(held(20))).toBe(21);
  });

  test("whose time is over is being checked, and neither paid nor expired, until that is known", () => {
    const text = held(0);
    expect(text).toContain("The time to pay is over. We are checking whether it was paid");
    expect(text).not.toContain("Pay now");
    expect(text).not.toContain("It is held for you");
    expect(refreshOf(text)).toBe(3);
  });
});
