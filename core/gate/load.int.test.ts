import { expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testGate } from "../../tests/gate/test-gate.ts";
import { aSale, FAR_AHEAD_MS, LONG_AGO_MS } from "../../tests/support/test-sale.ts";
import { gateKeys } from "./keys.ts";

const stores = await testStores();
const { redis, gate, load, reserve, setField } = testGate(stores.redisUrl);

test("loading makes one hash with the gate's life, the settings and the counters, and nothing else", async () => {
  const sale = await load({ allocated: 70, purchaseLimit: 2, attemptLimit: 9, endsAtMs: FAR_AHEAD_MS });
  // Of the server that has the sale: in a cluster, one of several.
  const info = await redis.eval('return redis.call("INFO", "server")', 1, gateKeys(sale.saleId).gate);
  const runId = /run_id:(\w+)/.exec(String(info))?.[1];

  const raw = await rawGate(redis, sale.saleId);

  expect(raw.gate).toMatchObject({
    run_id: runId,
    epoch: "1",
    recovering: "0",
    revision: "1",
    state: "running",
    allocated: "70",
    available: "70",
    held: "0",
    sold: "0",
    withheld: "0",
    places: "0",
    starts_at_ms: String(LONG_AGO_MS),
    ends_at_ms: String(FAR_AHEAD_MS),
    restock_at_ms: "0",
    purchase_limit: "2",
    attempt_limit: "9",
    attempts_turn: "0",
    holder_bits: "2048",
    buyer_count: "0",
  });
  const { buyers, outbox, attempts } = raw;
  expect({ buyers, outbox, attempts }).toEqual({ buyers: {}, outbox: {}, attempts: {} });
});

test("loading again finds the gate present and touches nothing of it", async () => {
  const sale = await load();
  await reserve(sale.saleId);
  const before = await rawGate(redis, sale.saleId);

  expect(await gate.load({ ...sale, allocated: 99, revision: 2, epoch: 7 })).toBe("present");

  expect(await rawGate(redis, sale.saleId)).toEqual(before);
});

test("a gate of another Redis life is lost: loading does not make it anew", async () => {
  const sale = await load();
  await reserve(sale.saleId);
  await setField(sale.saleId, "run_id", "0123456789abcdef0123456789abcdef01234567");
  const before = await rawGate(redis, sale.saleId);

  expect(await gate.load(sale)).toBe("lost");

  expect(await rawGate(redis, sale.saleId)).toEqual(before);
});

test("what an earlier life left of a gate's other keys is gone once it is loaded", async () => {
  const sale = aSale();
  const keys = gateKeys(sale.saleId);
  await redis.hset(keys.buyers, "somebody", "ord_0,1,1,key");
  await redis.hset(keys.outbox, "ord_0", "{}");
  await redis.hset(keys.attempts, "somebody", 5);
  await redis.setbit(keys.holders, 7, 1);

  expect(await gate.load(sale)).toBe("loaded");

  const { buyers, outbox, attempts, holders } = await rawGate(redis, sale.saleId);
  expect({ buyers, outbox, attempts, holders }).toEqual({
    buyers: {},
    outbox: {},
    attempts: {},
    holders: null,
  });
});

test("20 loads at once make the gate once", async () => {
  const sale = aSale();
  const replies = await Promise.all(Array.from({ length: 20 }, () => gate.load(sale)));
  expect(replies.filter((reply) => reply === "loaded")).toHaveLength(1);
  expect(replies.filter((reply) => reply === "present")).toHaveLength(19);
});
