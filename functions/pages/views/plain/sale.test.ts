import { expect, test } from "vitest";
import { type OrderId, pictureIdOf, type SaleId } from "../../../../core/ids.ts";
import type { OrderView } from "../../../../core/contract/order.ts";
import type { SaleStatus } from "../../../../core/contract/sale.ts";
import { readShop } from "../../../../core/contract/shop.ts";
import { plainWordsIn } from "../../../../web/texts/plain.ts";
import { plainSalePage } from "./sale.ts";

const hostile = `"><script>alert(1)</script>`;
const sale: SaleStatus = {
  saleId: "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId,
  name: hostile,
  description: hostile,
  translations: {},
  priceMinor: 34_900,
  currency: "EUR",
  picture: { id: pictureIdOf("a".repeat(64)), alt: hostile, format: "webp" },
  purchaseLimit: 12,
  payment: { kind: "none" },
  withdrawal: { kind: "days", days: 14, returnsGo: "on_sale" },
  guests: { kind: "everybody" },
  mode: { kind: "open" },
  phase: "open",
  startsAt: "2026-11-27T09:00:00.000Z",
  endsAt: null,
  stock: null,
  serverTime: "2026-11-27T10:00:00.000Z",
  pollAfterMs: 1000,
};
const shown = {
  sale,
  buyer: null,
  line: null,
  reminder: null,
  guest: null,
  key: "key-0001",
  siteUrl: "https://shop.example",
  address: "/plain/en",
} as const;
const page = (buyer: Parameters<typeof plainSalePage>[1]["buyer"], settings: Partial<SaleStatus> = {}) =>
  plainSalePage(plainWordsIn("en", readShop({})), { ...shown, sale: { ...sale, ...settings }, buyer });

test("what a merchant writes is text, in the picture's words too", () => {
  const text = page(null);
  expect(text).not.toContain("<script");
  expect(text).toMatch(/<img\s+src="\/api\/picture\/[^"]+\/1200.jpg"\s+width="1200"\s+height="900"/);
  expect(text).toContain('alt="&quot;&gt;&lt;script&gt;');
});

const pageIn = (locale: "en" | "de", settings: Partial<SaleStatus> = {}) =>
  plainSalePage(plainWordsIn(locale, readShop({})), { ...shown, sale: { ...sale, ...settings } });

test("says before buying whether and for how long one may withdraw, in both languages", () => {
  expect(pageIn("en")).toContain("You can withdraw for 14 days after your order.");
  expect(pageIn("de")).toContain("Sie können Ihre Bestellung 14 Tage lang widerrufen.");
  const excepted = { withdrawal: { kind: "excepted", exception: "dated_service" } } as const;
  expect(pageIn("en", excepted)).toContain(
    "By law there is no right to withdraw from an order here: it is for a date or a time of its own.",
  );
  expect(pageIn("de", excepted)).toContain(
    "Für eine Bestellung hier sieht das Gesetz kein Widerrufsrecht vor: Sie gilt für einen bestimmten Tag",
  );
});

test("orders that cannot be read are unknown, not none; a long quantity list ends at ten", () => {
  expect(page({ orders: null })).toContain(
    "Whether you have an order here already, we cannot say right now.",
  );
  expect(page({ orders: [] })).not.toContain("we cannot say");
  expect(page({ orders: [] }).match(/<option/g)).toHaveLength(10);
});

test.each(["scheduled", "sold_out", "paused", "recovering", "ended"] as const)(
  "%s: nothing to buy with",
  (phase) => {
    expect(page({ orders: [] }, { phase })).not.toContain("/plain/en/purchase");
  },
);

const had = (quantity: number, unitsLeft = quantity): OrderView => ({
  orderId: "ord_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as OrderId,
  saleId: sale.saleId,
  quantity,
  unitsLeft,
  place: 1,
  state: "confirmed",
  reservedAt: "2026-11-27T10:00:00.000Z",
});

test("what a buyer has counts: no more than the rest is offered, and nothing at the limit", () => {
  expect(page({ orders: [had(2), had(7)] }).match(/<option/g)).toHaveLength(3);
  expect(page({ orders: [had(12)] })).not.toContain("/plain/en/purchase");
  expect(page({ orders: null })).toContain("/plain/en/purchase");
});

test("units that were taken back count nothing, and are told beside their order", () => {
  const text = page({ orders: [had(12, 10)] });
  expect(text.match(/<option/g)).toHaveLength(2);
  expect(text).toContain("10 of 12");
  expect(page({ orders: [had(12)] })).not.toContain("12 of 12");
  const returned = page({ orders: [{ ...had(12, 0), state: "returned" }] });
  expect(returned.match(/<option/g)).toHaveLength(10);
  expect(returned).toContain("Returned");
});
