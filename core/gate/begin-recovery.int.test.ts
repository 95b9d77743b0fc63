import { expect, test } from "vitest";
import { aFilling, testGate } from "../../tests/gate/test-gate.ts";
import { testStores } from "../../tests/support/stores.ts";
import type { SaleId } from "../ids.ts";
import { gateKeys } from "./keys.ts";
import { aSale } from "../../tests/support/test-sale.ts";
import { defineScript } from "../redis/script.ts";
import { beginRecoveryScript } from "./keeper-scripts.ts";
import { createGateRebuild } from "./rebuild.redis.ts";

const stores = await testStores();
const { redis, gate, load, reserve } = testGate(stores.redisUrl);
const loadGate = gate.load;
const rebuild = createGateRebuild(redis);

async function saleWithAnOrder(): Promise<SaleId> {
  const { saleId } = await load();
  await reserve(saleId);
  return saleId;
}
const wasAlive = async (saleId: SaleId, fence: number) => (await rebuild.begin(saleId, fence)).wasAlive;

test("a gate that was open and whole has all that is not in the ledger", async () => {
  expect(await wasAlive(await saleWithAnOrder(), 1)).toBe(true);
});

test("a recovery that is begun again, by whomever, still finds all of it", async () => {
  const saleId = await saleWithAnOrder();
  expect([await wasAlive(saleId, 1), await wasAlive(saleId, 1), await wasAlive(saleId, 2)]).toEqual([
    true,
    true,
    true,
  ]);
});

test("not once its old keys were discarded", async () => {
  const saleId = await saleWithAnOrder();
  const recovery = await rebuild.begin(saleId, 1);
  await rebuild.refill(recovery, aFilling(), () => Promise.resolve());
  expect(await wasAlive(saleId, 1)).toBe(false);
  expect(await wasAlive(saleId, 2)).toBe(false);
});

test("nor where buyers or the filter are missing, at any of its beginnings", async () => {
  for (const key of ["buyers", "holders"] as const) {
    const saleId = await saleWithAnOrder();
    await redis.del(gateKeys(saleId)[key]);
    expect([await wasAlive(saleId, 1), await wasAlive(saleId, 2)]).toEqual([false, false]);
  }
});

test("nor in another life of Redis", async () => {
  const saleId = await saleWithAnOrder();
  await rebuild.begin(saleId, 1);
  await redis.hset(gateKeys(saleId).gate, "run_id", "another");
  expect(await wasAlive(saleId, 2)).toBe(false);
});

test("a gate that is not there is made only for who may make it, and right after they have asked", async () => {
  const missing = aSale().saleId;
  const keysOf = () => redis.exists(...Object.values(gateKeys(missing)));
  await expect(rebuild.begin(missing, 1, async () => false)).rejects.toThrow("absent");
  await expect(loadGate({ ...aSale(), saleId: missing }, async () => false)).resolves.toBe("absent");
  expect(await keysOf()).toBe(0);
  // Frozen for days between the answer and the keys: the gate's own clock says so.
  const begin = defineScript(redis, beginRecoveryScript);
  const [seconds] = await redis.time();
  const late = { fence: 1, recoveryId: "late", makeUntilMs: Number(seconds) * 1_000 - 1 };
  expect((await begin(gateKeys(missing), late)).map(String)[0]).toBe("absent");
  expect(await keysOf()).toBe(0);
  expect(await rebuild.begin(missing, 1, async () => true)).toMatchObject({ wasAlive: false });
  expect(await keysOf()).toBe(1);
});

test("nobody asks for a recovery of a gate that is not there: it would be made by that", async () => {
  const missing = aSale().saleId;
  await rebuild.request(missing, "an operator asked for it");
  expect(await redis.exists(gateKeys(missing).gate)).toBe(0);
});
