import { expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import { aSale, FAR_AHEAD_MS, LONG_AGO_MS } from "../../tests/support/test-sale.ts";
import { gateKeys } from "./keys.ts";

const stores = await testStores();
const { redis, gate, load, reserve, nowMs } = testGate(stores.redisUrl);

test("reads counters and settings at one instant, and changes nothing", async () => {
  const { saleId } = await load({ allocated: 7, purchaseLimit: 2, endsAtMs: FAR_AHEAD_MS, epoch: 3 });
  await reserve(saleId, { quantity: 2 });
  const { orderId } = reservationOf(await reserve(saleId));
  await gate.clear(saleId, orderId);
  const before = await rawGate(redis, saleId);
  const fromMs = await nowMs();

  const view = await gate.inspect(saleId);

  expect(view).toMatchObject({
    kind: "found",
    epoch: 3,
    revision: 1,
    isRecovering: false,
    state: "running",
    stock: { allocated: 7, available: 4, held: 0, sold: 3, withheld: 0 },
    places: 2,
    startsAtMs: LONG_AGO_MS,
    endsAtMs: FAR_AHEAD_MS,
    outboxLength: 1,
    hasAllBuyers: true,
  });
  const viewMs = view.kind === "found" ? view.nowMs : 0;
  expect(viewMs).toBeGreaterThanOrEqual(fromMs);
  expect(viewMs).toBeLessThanOrEqual(await nowMs());
  expect(await rawGate(redis, saleId)).toEqual(before);
});

test("a sale without an end has none", async () => {
  const { saleId } = await load({ endsAtMs: null });
  expect(await gate.inspect(saleId)).toMatchObject({ endsAtMs: null });
});

test("tells when the record of buyers vanished", async () => {
  const { saleId } = await load();
  await reserve(saleId);
  await redis.del(gateKeys(saleId).buyers);
  expect(await gate.inspect(saleId)).toMatchObject({ kind: "found", hasAllBuyers: false });
});

test("a gate that is not there is lost", async () => {
  expect(await gate.inspect(aSale().saleId)).toEqual({ kind: "lost" });
});
