import { describe, expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer, FAR_AHEAD_MS } from "../../tests/support/test-sale.ts";
import { mayHold } from "./holder-filter.ts";

const stores = await testStores();
const { redis, gate, load, reserve, field, setField, nowMs } = testGate(stores.redisUrl);

test("a newer revision replaces every setting and moves only what is available", async () => {
  const sale = await load({ allocated: 5 });
  await reserve(sale.saleId);
  const before = await rawGate(redis, sale.saleId);
  const changes = { state: "paused", allocated: 8, purchaseLimit: 3, attemptLimit: 7 } as const;
  const times = { startsAtMs: FAR_AHEAD_MS, endsAtMs: FAR_AHEAD_MS + 1 };
  expect(await gate.configure({ ...sale, revision: 2, ...changes, ...times })).toEqual({
    kind: "configured",
  });
  const after = await rawGate(redis, sale.saleId);
  expect(after).toEqual({
    ...before,
    gate: {
      ...before.gate,
      revision: "2",
      state: "paused",
      allocated: "8",
      available: "7",
      purchase_limit: "3",
      attempt_limit: "7",
      starts_at_ms: String(FAR_AHEAD_MS),
      ends_at_ms: String(FAR_AHEAD_MS + 1),
    },
  });
});

test("an older revision is stale and changes nothing; the same one is applied again", async () => {
  const sale = await load();
  await gate.configure({ ...sale, revision: 10, allocated: 6 });
  const before = await rawGate(redis, sale.saleId);
  expect(await gate.configure({ ...sale, revision: 9, allocated: 2 })).toEqual({ kind: "stale" });
  expect(await rawGate(redis, sale.saleId)).toEqual(before);
  expect(await gate.configure({ ...sale, revision: 10, allocated: 7 })).toEqual({ kind: "configured" });
  expect(await gate.inspect(sale.saleId)).toMatchObject({
    revision: 10,
    stock: { allocated: 7, available: 7 },
  });
});

test("an allocation below what is taken is refused whole, and names what is taken", async () => {
  const sale = await load({ allocated: 5 });
  for (let i = 0; i < 3; i++) await reserve(sale.saleId);
  const before = await rawGate(redis, sale.saleId);
  expect(await gate.configure({ ...sale, revision: 2, allocated: 2, state: "paused" })).toEqual({
    kind: "below_taken",
    taken: 3,
  });
  expect(await rawGate(redis, sale.saleId)).toEqual(before);
  expect(await gate.configure({ ...sale, revision: 2, allocated: 3 })).toEqual({ kind: "configured" });
  expect(await reserve(sale.saleId)).toMatchObject({ kind: "sold_out", available: 0 });
});

test("a gate of another Redis life is lost to a change", async () => {
  const sale = await load();
  await setField(sale.saleId, "run_id", "0123456789abcdef0123456789abcdef01234567");
  expect(await gate.configure({ ...sale, revision: 2 })).toEqual({ kind: "lost" });
  expect(await gate.inspect(sale.saleId)).toEqual({ kind: "lost" });
  expect(await field(sale.saleId, "revision")).toBe("1");
});

const soldOut = async () => {
  const sale = await load({ allocated: 1 });
  await reserve(sale.saleId);
  return sale;
};
/** Stands for the passing of the delay. */
const lapse = (saleId: Parameters<typeof field>[0]) => setField(saleId, "restock_at_ms", 1);

describe("units added to a sold-out sale", () => {
  test("go on sale only after answers from memory have lapsed", async () => {
    const sale = await soldOut();
    const fromMs = await nowMs();
    await gate.configure({ ...sale, revision: 2, allocated: 3 });
    const restockAtMs = Number(await field(sale.saleId, "restock_at_ms"));
    expect(restockAtMs).toBeGreaterThanOrEqual(fromMs + 1500);
    expect(restockAtMs).toBeLessThanOrEqual((await nowMs()) + 1500);
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "sold_out", available: 0 });
    await lapse(sale.saleId);
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "reserved" });
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "reserved" });
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "sold_out" });
  });

  test("bring no filter while they wait: what is learnt now would outlive the wait", async () => {
    const sale = await soldOut();
    await gate.configure({ ...sale, revision: 2, allocated: 3 });
    expect(await reserve(sale.saleId, { wantsFilter: true })).toEqual({
      kind: "sold_out",
      available: 0,
      filter: null,
    });
  });

  test("are open at once where units are left, since nobody was told sold out", async () => {
    const sale = await load({ allocated: 2 });
    await reserve(sale.saleId);
    await gate.configure({ ...sale, revision: 2, allocated: 3 });
    expect(await field(sale.saleId, "restock_at_ms")).toBe("0");
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "reserved" });
  });

  test("leave the holders what they have: all of them stay in the filter", async () => {
    const sale = await load({ allocated: 3 });
    const holders = [aBuyer(), aBuyer(), aBuyer(), aBuyer()];
    for (const buyerId of holders.slice(0, 3)) await reserve(sale.saleId, { buyerId });
    await gate.configure({ ...sale, revision: 2, allocated: 4 });
    await lapse(sale.saleId);
    await reserve(sale.saleId, { buyerId: holders[3]! });
    const reply = await reserve(sale.saleId, { wantsFilter: true });
    const filter = reply.kind === "sold_out" ? reply.filter : null;
    expect(holders.map((buyerId) => filter && mayHold(filter, buyerId))).toEqual([true, true, true, true]);
  });
});
