import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer, aSale, FAR_AHEAD_MS, LONG_AGO_MS } from "../../tests/support/test-sale.ts";
import type { SaleId } from "../ids.ts";
import { gateKeys } from "./keys.ts";

const stores = await testStores();
const { redis, gate, load, reserve } = testGate(stores.redisUrl);

const keysOf = (saleId: SaleId) => redis.exists(...Object.values(gateKeys(saleId)));

/** A gate with one order, finished and over by time, and what is recorded of it. */
async function overGate() {
  const { saleId } = await load({ allocated: 3 });
  const { orderId, buyerId } = reservationOf(await reserve(saleId, { buyerId: aBuyer() }));
  await gate.clear(saleId, orderId);
  await gate.configure(aSale({ saleId, allocated: 3, endsAtMs: LONG_AGO_MS + 1, revision: 2 }), "committed");
  return { saleId, orderId, buyerId, recorded: { revision: 3, sold: 1, withheld: 0, places: 1 } };
}

test("removes every key of a gate that is over and as it was recorded; a repeat finds nothing", async () => {
  const { saleId, recorded } = await overGate();
  const { steps, turns, attemptsBefore } = gateKeys(saleId);
  for (const key of [steps, turns, attemptsBefore]) await redis.hset(key, "field", 1);
  expect(await gate.archive(saleId, recorded)).toBe("removed");
  expect(await keysOf(saleId)).toBe(0);
  expect(await gate.archive(saleId, recorded)).toBe("removed");
});

type Over = Awaited<ReturnType<typeof overGate>>;
test.each<[string, (gate: Over) => Promise<unknown>]>([
  [
    "goes on under a newer revision",
    ({ saleId }) =>
      gate.configure(aSale({ saleId, allocated: 3, endsAtMs: FAR_AHEAD_MS, revision: 4 }), "committed"),
  ],
  [
    "has a newer revision, though it is over by it",
    ({ saleId }) => gate.configure(aSale({ saleId, allocated: 3, state: "ended", revision: 4 }), "committed"),
  ],
  [
    "is not over by its own clock",
    ({ saleId }) => redis.hset(gateKeys(saleId).gate, "ends_at_ms", FAR_AHEAD_MS),
  ],
  ["is being recovered", ({ saleId }) => redis.hset(gateKeys(saleId).gate, "recovering", 1)],
  ["has an unfinished reservation", ({ saleId }) => redis.hset(gateKeys(saleId).outbox, "ord_1", "{}")],
  [
    "got units back",
    ({ saleId, orderId, buyerId }) =>
      gate.settle({ saleId, orderId, buyerId, unitsLeft: 0, unitsWithheld: 0 }),
  ],
])("removes nothing of a gate that %s", async (_, change) => {
  const over = await overGate();
  await change(over);
  const before = await keysOf(over.saleId);
  expect(await gate.archive(over.saleId, over.recorded)).toBe("changed");
  expect(await keysOf(over.saleId)).toBe(before);
});

test("what is left of another life of Redis goes, for nobody can use it", async () => {
  const { saleId, recorded } = await overGate();
  await redis.hset(gateKeys(saleId).gate, "run_id", "another");
  expect(await gate.archive(saleId, recorded)).toBe("removed");
  expect(await keysOf(saleId)).toBe(0);
});
