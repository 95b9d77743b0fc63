import { beforeAll, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testGate, reservationOf } from "../../tests/gate/test-gate.ts";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { aBuyer, aSale } from "../../tests/support/test-sale.ts";
import type { SaleId } from "../ids.ts";
import { gateKeys } from "./keys.ts";
import { createGatePulses } from "./pulses.redis.ts";

const stores = await testStores();
const { redis, gate, load, reserve, nowMs } = testGate(stores.redisUrl);
const pulses = createGatePulses(redis);

const pulseOf = async (saleId: SaleId) => (await pulses.read([saleId])).get(saleId);
async function fingerprintOf(saleId: SaleId): Promise<string> {
  const pulse = await pulseOf(saleId);
  if (pulse?.kind !== "found") throw new Error("the gate is lost");
  return pulse.fingerprint;
}

let saleId: SaleId;
beforeAll(async () => void ({ saleId } = await load({ allocated: 3, purchaseLimit: 1 })));

test("while nothing happens a gate's pulse stays the same; taking it changes nothing", async () => {
  const before = await rawGate(redis, saleId);
  const [first, fromMs] = [await pulseOf(saleId), await nowMs()];
  expect(first).toMatchObject({ kind: "found", outboxLength: 0 });
  expect(Math.abs((first?.kind === "found" ? first.nowMs : 0) - fromMs)).toBeLessThan(1_000);
  expect(await fingerprintOf(saleId)).toBe(first?.kind === "found" && first.fingerprint);
  expect(await rawGate(redis, saleId)).toEqual(before);
});

test("it changes with each thing that somebody must look at", async () => {
  const seen = [await fingerprintOf(saleId)];
  const changes: (() => Promise<unknown>)[] = [
    async () => reservationOf(await reserve(saleId)),
    async () => gate.configure({ ...aSale({ saleId, allocated: 4, revision: 2 }) }, "committed"),
    async () => redis.hset(gateKeys(saleId).gate, "requested", "an operator asked"),
    async () => redis.hset(gateKeys(saleId).gate, "recovering", 1),
    async () => redis.hset(gateKeys(saleId).gate, "recovering", 0),
    async () => redis.del(gateKeys(saleId).holders),
    async () => redis.del(gateKeys(saleId).buyers),
  ];
  for (const change of changes) {
    await change();
    seen.push(await fingerprintOf(saleId));
  }
  // Closed and opened again it is as before.
  expect(new Set(seen).size).toBe(changes.length);
});

test("a reservation that is taken back leaves its trace: its place", async () => {
  const { saleId: other } = await load({ allocated: 3 });
  const buyerId = aBuyer();
  const before = await fingerprintOf(other);
  const { orderId } = reservationOf(await reserve(other, { buyerId }));
  await gate.settle({ saleId: other, buyerId, orderId, unitsLeft: 0, unitsWithheld: 0 });
  expect(await fingerprintOf(other)).not.toBe(before);
});

test("keys that are missing, or of another life of Redis, are lost", async () => {
  expect(await pulseOf(aSale().saleId)).toEqual({ kind: "lost" });
  const { saleId: foreign } = await load();
  await redis.hset(gateKeys(foreign).gate, "run_id", "another");
  expect(await pulseOf(foreign)).toEqual({ kind: "lost" });
});

test("many are read at once, each under its own sale", async () => {
  const sales = await Promise.all(Array.from({ length: 50 }, () => load()));
  const read = await pulses.read(sales.map((sale) => sale.saleId));
  // By server where there are several.
  expect([...read.keys()].toSorted()).toEqual(sales.map((sale) => sale.saleId).toSorted());
  expect([...read.values()].every(({ kind }) => kind === "found")).toBe(true);
  expect(await pulses.read([])).toEqual(new Map());
});
