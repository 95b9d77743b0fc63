import { expect, it } from "vitest";
import type { BuyerId, SaleId } from "../api/contract.ts";
import { createIntentStore } from "./intent-store.ts";
import type { Intent } from "./purchase-state.ts";

function memory() {
  const map = new Map<string, string>();
  return {
    getItem: (name: string) => map.get(name) ?? null,
    setItem: (name: string, text: string) => void map.set(name, text),
    removeItem: (name: string) => void map.delete(name),
    [Symbol.iterator]: () => map.keys(),
  };
}
const sale = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId;
const ada = "byr_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as BuyerId;
const ben = "byr_01J9ZQ4Z6XWT9YV3W3V9K8M2QE" as BuyerId;
const intent: Intent = { key: "k".repeat(32), saleId: sale, buyerId: ada, quantity: 1, isDoubtful: false };

it("keeps each intent to its own sale and buyer", () => {
  const store = createIntentStore(memory());
  store.save(intent);
  expect(store.load(sale, ada)).toEqual(intent);
  expect(store.load(sale, ben)).toBeNull();
  expect(store.findOfSale(sale)).toEqual(intent);
  store.clear(sale, ben);
  expect(store.load(sale, ada)).toEqual(intent);
  store.clear(sale, ada);
  expect(store.findOfSale(sale)).toBeNull();
});

it("takes damaged storage for empty", () => {
  const keep = memory();
  keep.setItem(`flash-sale.intent.${sale}.${ada}`, "{broken");
  expect(createIntentStore(keep).load(sale, ada)).toBeNull();
  keep.setItem(`flash-sale.intent.${sale}.${ada}`, "null");
  expect(createIntentStore(keep).load(sale, ada)).toBeNull();
});
