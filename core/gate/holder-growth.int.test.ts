import * as fc from "fast-check";
import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer } from "../../tests/support/test-sale.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { type HolderFilter, holderBits, mayHold } from "./holder-filter.ts";
import { gateKeys } from "./keys.ts";

const stores = await testStores();
const { redis, gate, load, reserve, field } = testGate(stores.redisUrl);

const filterOf = async (saleId: SaleId): Promise<HolderFilter> => ({
  bytes: (await redis.getBuffer(gateKeys(saleId).holders)) ?? Buffer.alloc(0),
  bits: Number(await field(saleId, "holder_bits")),
});

async function buyAll(saleId: SaleId, count: number): Promise<BuyerId[]> {
  const buyers = Array.from({ length: count }, aBuyer);
  // In crowds that a busy machine serves within the limit of a call.
  for (let from = 0; from < count; from += 256) {
    const crowd = buyers.slice(from, from + 256);
    const replies = await Promise.all(crowd.map((buyerId) => reserve(saleId, { buyerId })));
    expect(replies.every(({ kind }) => kind === "reserved")).toBe(true);
  }
  return buyers;
}

const strangersThatPass = (filter: HolderFilter, of: number) =>
  Array.from({ length: of }, aBuyer).filter((buyerId) => mayHold(filter, buyerId)).length;

test("however the allocation is raised between purchases, the filter never misses a holder", async () => {
  const raises = fc.array(
    fc.record({ allocated: fc.integer({ min: 64, max: 3000 }), purchases: fc.integer({ min: 0, max: 8 }) }),
    { minLength: 1, maxLength: 6 },
  );
  const property = fc.asyncProperty(raises, async (steps) => {
    const sale = await load({ allocated: 60 });
    const { saleId } = sale;
    const holders = await buyAll(saleId, 3);
    let bits = 1024;
    for (const [index, { allocated, purchases }] of steps.entries()) {
      const reply = await gate.configure({ ...sale, allocated, revision: 2 + index }, "committed");
      expect(reply).toEqual({ kind: "configured" });
      // It never shrinks: what was set for a larger one would be missed.
      bits = Math.max(bits, holderBits(allocated));
      holders.push(...(await buyAll(saleId, purchases)));
      const filter = await filterOf(saleId);
      expect(filter.bits).toBe(bits);
      expect(holders.filter((buyerId) => !mayHold(filter, buyerId))).toEqual([]);
    }
  });
  await fc.assert(property, { numRuns: 40 });
});

test("a filter that ends early is filled up to its size before it is repeated", async () => {
  const sale = await load({ allocated: 60 });
  const { saleId } = sale;
  const [buyerId] = await buyAll(saleId, 1);
  expect((await filterOf(saleId)).bytes.length).toBeLessThan(1025 / 8);
  await gate.configure({ ...sale, allocated: 256, revision: 2 }, "committed");
  const { bytes, bits } = await filterOf(saleId);
  expect([bits, bytes.length]).toEqual([4096, 512]);
  const parts = [0, 128, 256, 384].map((from) => bytes.subarray(from, from + 128));
  expect(parts.every((part) => Buffer.compare(part, parts[0]!) === 0)).toBe(true);
  expect(mayHold({ bytes, bits }, buyerId!)).toBe(true);
});

test("a sale in which nobody has bought grows without a filter", async () => {
  const sale = await load({ allocated: 60 });
  await gate.configure({ ...sale, allocated: 256, revision: 2 }, "committed");
  expect(await field(sale.saleId, "holder_bits")).toBe("4096");
  expect(await redis.exists(gateKeys(sale.saleId).holders)).toBe(0);
  expect(await reserve(sale.saleId)).toMatchObject({ kind: "reserved" });
});

test("raised 64-fold and sold out, the filter still excludes most strangers, and has every holder", async () => {
  const sale = await load({ allocated: 64 });
  const { saleId } = sale;
  const first = await buyAll(saleId, 60);
  await gate.configure({ ...sale, allocated: 4096, revision: 2 }, "committed");
  const holders = [...first, ...(await buyAll(saleId, 4036))];
  expect(await gate.inspect(saleId)).toMatchObject({ stock: { available: 0, sold: 4096 } });
  const filter = await filterOf(saleId);
  expect(holders.filter((buyerId) => !mayHold(filter, buyerId))).toEqual([]);
  // About 1 in 40 passes; a filter of the first size would be full, and let everybody pass.
  expect(strangersThatPass(filter, 4000)).toBeLessThan(400);
});
