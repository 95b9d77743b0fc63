import { expect, test } from "vitest";
import type { Phase, SaleStatus } from "../../../../core/contract/sale.ts";
import { readShop } from "../../../../core/contract/shop.ts";
import { plainWordsIn } from "../../../../web/texts/plain.ts";
import { salesPage } from "./sales.ts";

const sale = (name: string, phase: Phase, day: number): SaleStatus => ({
  saleId: `sale_01J9ZQ4Z6XWT9YV3W3V9K8M2${day}` as SaleStatus["saleId"],
  name,
  description: "",
  translations: {},
  priceMinor: 34_900,
  currency: "EUR",
  picture: null,
  purchaseLimit: 1,
  payment: { kind: "none" },
  withdrawal: { kind: "days", days: 14, returnsGo: "on_sale" },
  guests: { kind: "everybody" },
  mode: { kind: "open" },
  phase,
  startsAt: `2026-11-${day}T09:00:00.000Z`,
  endsAt: null,
  stock: null,
  serverTime: "2026-11-27T10:00:00.000Z",
  pollAfterMs: 1000,
});

test("what can be bought stands first, as in the list with script, and what is over last", () => {
  const sales = [sale("over", "ended", 10), sale("later", "scheduled", 28), sale("now", "open", 27)];
  const names = salesPage(plainWordsIn("en", readShop({})), sales).match(/(?<=<h2><a [^>]*>)[^<]+/g);
  expect(names).toEqual(["now", "later", "over"]);
});
