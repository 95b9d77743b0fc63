import { describe, expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { aFilling, reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer, aSale } from "../../tests/support/test-sale.ts";
import type { SaleId } from "../ids.ts";
import { defineScript } from "../redis/script.ts";
import { parseBuyerOrders } from "./buyer-orders.ts";
import { holderBits, mayHold } from "./holder-filter.ts";
import { gateKeys } from "./keys.ts";
import { type BegunRecovery, RebuildStopped } from "./rebuild.redis.ts";
import { beginRecoveryScript } from "./keeper-scripts.ts";

const stores = await testStores();
const { redis, gate, rebuild, load, reserve, field, setField } = testGate(stores.redisUrl);
const beginRecovery = defineScript(redis, beginRecoveryScript);

const begin = async (saleId: SaleId, recoveryId: string, fence = 1) =>
  (await beginRecovery(gateKeys(saleId), { fence, recoveryId, makeUntilMs: Number.MAX_SAFE_INTEGER })).map(
    String,
  );

const fill = (recovery: BegunRecovery, filling = aFilling()) =>
  rebuild.refill(recovery, filling, async () => {});

describe("beginning a recovery", () => {
  test("closes the gate and leaves all else as it is", async () => {
    const { saleId } = await load();
    await reserve(saleId);
    const before = await rawGate(redis, saleId);
    expect(await begin(saleId, "recovery-1", 3)).toEqual(["begun", "1", "1"]);
    const closed = {
      recovering: "1",
      fence: "3",
      recovery_id: "recovery-1",
      was_alive: "1",
      is_same_life: "1",
    };
    expect(await rawGate(redis, saleId)).toEqual({ ...before, gate: { ...before.gate, ...closed } });
    expect(await reserve(saleId)).toEqual({ kind: "recovering" });
  });

  test("sent twice, it answers as the first time: that the gate was alive, and that it was not", async () => {
    const alive = await load();
    expect(await begin(alive.saleId, "recovery-1")).toEqual(["begun", "1", "1"]);
    const before = await rawGate(redis, alive.saleId);
    expect(await begin(alive.saleId, "recovery-1")).toEqual(["begun", "1", "1"]);
    expect(await rawGate(redis, alive.saleId)).toEqual(before);
    const { saleId } = aSale();
    expect(await begin(saleId, "recovery-1")).toEqual(["begun", "0", "0"]);
    expect(await begin(saleId, "recovery-1")).toEqual(["begun", "0", "0"]);
  });

  test("a repeat that comes after its recovery has opened the gate does not close it again", async () => {
    const sale = await load();
    const recovery = await rebuild.begin(sale.saleId, 1);
    await fill(recovery);
    await rebuild.open(recovery, aFilling(), sale);
    const before = await rawGate(redis, sale.saleId);
    expect(await begin(sale.saleId, recovery.recoveryId)).toEqual(["over"]);
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
    expect(await begin(sale.saleId, "recovery-2")).toEqual(["begun", "1", "1"]);
  });

  test("an earlier guardian is fenced, and changes nothing", async () => {
    const { saleId } = await load();
    await begin(saleId, "recovery-2", 10);
    const before = await rawGate(redis, saleId);
    expect(await begin(saleId, "recovery-1", 9)).toEqual(["fenced"]);
    await expect(rebuild.begin(saleId, 9)).rejects.toThrow(RebuildStopped);
    expect(await rawGate(redis, saleId)).toEqual(before);
  });

  test("finds a gate alive that another recovery closed, until one has begun to fill it", async () => {
    const { saleId } = await load();
    expect(await rebuild.begin(saleId, 1)).toMatchObject({ wasAlive: true, isSameLife: true });
    const recovery = await rebuild.begin(saleId, 1);
    expect(recovery).toMatchObject({ wasAlive: true, isSameLife: true });
    await fill(recovery);
    expect(await rebuild.begin(saleId, 1)).toMatchObject({ wasAlive: false, isSameLife: true });
  });

  test("finds alive only a gate of this life of Redis", async () => {
    const { saleId } = await load();
    const runId = await field(saleId, "run_id");
    await setField(saleId, "run_id", "0123456789abcdef0123456789abcdef01234567");
    expect(await begin(saleId, "recovery-1")).toEqual(["begun", "0", "0"]);
    expect(await field(saleId, "run_id")).toBe(runId);
  });

  test("does not take the word of an earlier life of Redis for its own", async () => {
    const { saleId } = await load();
    expect(await begin(saleId, "recovery-1")).toEqual(["begun", "1", "1"]);
    await setField(saleId, "run_id", "0123456789abcdef0123456789abcdef01234567");
    expect(await begin(saleId, "recovery-1")).toEqual(["begun", "0", "0"]);
  });

  test.each(["buyers", "holders", "gate"] as const)("finds no gate alive whose %s vanished", async (name) => {
    const { saleId } = await load();
    await reserve(saleId);
    await redis.del(gateKeys(saleId)[name]);
    expect((await rebuild.begin(saleId, 1)).wasAlive).toBe(false);
    expect(await gate.inspect(saleId)).toMatchObject({ kind: "found", isRecovering: true });
  });
});

describe("a rebuild", () => {
  test("replaces what the keys held by what was counted, those that ended included", async () => {
    const sale = await load({ allocated: 9, purchaseLimit: 4 });
    const { saleId } = sale;
    const [first, second] = [aBuyer(), aBuyer()];
    const kept = reservationOf(await reserve(saleId, { buyerId: first, quantity: 2, key: "key-0001" }));
    const ended = reservationOf(await reserve(saleId, { buyerId: second, quantity: 3, key: "key-0002" }));
    await gate.settle({ ...ended, unitsLeft: 0, unitsWithheld: 2 });
    const gone = reservationOf(await reserve(saleId));
    const raw = await rawGate(redis, saleId);
    const buyers = new Map([first, second].map((id) => [id, parseBuyerOrders(raw.buyers[id] ?? "")]));
    const filling = aFilling({ epoch: 4, allocated: 9, buyers, unsettled: [kept] });
    const counters = { soldUnits: 2, withheldUnits: 2, places: 3 };
    await rebuild.request(saleId, "an operator asked");

    const recovery = await rebuild.begin(saleId, 1);
    await fill(recovery, { ...filling, ...counters });
    await rebuild.open(recovery, { ...filling, ...counters }, sale);

    const after = await rawGate(redis, saleId);
    expect(after.buyers).toEqual({ [first]: raw.buyers[first], [second]: raw.buyers[second] });
    expect(Object.keys(after.outbox)).toEqual([kept.orderId]);
    expect(JSON.parse(after.outbox[kept.orderId] ?? "")).toEqual({ ...kept, epoch: 4 });
    expect(after.attempts).toEqual({});
    const holders = { bytes: after.holders ?? Buffer.alloc(0), bits: Number(after.gate["holder_bits"]) };
    expect([first, second, gone.buyerId].map((id) => mayHold(holders, id))).toEqual([true, true, false]);
    expect(await gate.inspect(saleId)).toMatchObject({
      epoch: 4,
      isRecovering: false,
      stock: { allocated: 9, available: 5, held: 0, sold: 2, withheld: 2 },
      places: 3,
      hasAllBuyers: true,
      requested: "",
    });
    const again = await reserve(saleId, { buyerId: second, quantity: 3, key: "key-0002" });
    expect(again).toEqual({ kind: "replayed", orderId: ended.orderId, reservation: null });
  });

  test("of more buyers than one call puts in has them all", async () => {
    const sale = await load({ allocated: 1200 });
    const buyers = new Map(
      Array.from({ length: 1201 }, (_, index) => {
        const order = { orderId: `ord_${index}`, quantity: 1, place: index + 1, keyHash: "key" };
        return [aBuyer(), parseBuyerOrders(Object.values(order).join(","))];
      }),
    );
    const filling = aFilling({ allocated: 1201, buyers, soldUnits: 1201, places: 1201 });
    const recovery = await rebuild.begin(sale.saleId, 1);
    await fill(recovery, filling);
    await expect(rebuild.open(recovery, filling, sale)).rejects.toThrow("mismatch 1201 0 -1");
    await rebuild.open(recovery, filling, { ...sale, revision: 2, allocated: 1201 });
    expect(await redis.hlen(gateKeys(sale.saleId).buyers)).toBe(1201);
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "sold_out", available: 0 });
  });

  test("opens with a filter for the allocation that holds then, and misses no holder", async () => {
    const sale = await load({ allocated: 60 });
    const holders = Array.from({ length: 3 }, aBuyer);
    const order = parseBuyerOrders("ord_1,1,1,AAAABBBBCCCCDDDD");
    const buyers = new Map(holders.map((buyerId) => [buyerId, order]));
    const filling = aFilling({ allocated: 60, buyers, soldUnits: 3, places: 3 });
    const recovery = await rebuild.begin(sale.saleId, 1);
    await fill(recovery, filling);
    await rebuild.open(recovery, filling, { ...sale, revision: 2, allocated: 60 * 64 });
    const { gate: fields, holders: bytes } = await rawGate(redis, sale.saleId);
    const filter = { bytes: bytes ?? Buffer.alloc(0), bits: Number(fields["holder_bits"]) };
    expect(filter.bits).toBe(holderBits(60 * 64));
    expect(holders.filter((buyerId) => !mayHold(filter, buyerId))).toEqual([]);
  });

  test("opens only with all the buyers that were counted", async () => {
    const sale = await load();
    const recovery = await rebuild.begin(sale.saleId, 1);
    await fill(recovery);
    const filling = aFilling({ buyers: new Map([[aBuyer(), []]]) });
    await expect(rebuild.open(recovery, filling, sale)).rejects.toThrow("mismatch 0 0 5");
    expect(await reserve(sale.saleId)).toEqual({ kind: "recovering" });
  });
});

describe("what comes late of an earlier recovery", () => {
  test("does not fill nor open a gate that a later one has closed", async () => {
    const sale = await load();
    const earlier = await rebuild.begin(sale.saleId, 1);
    await fill(earlier);
    const later = await rebuild.begin(sale.saleId, 1);
    const before = await rawGate(redis, sale.saleId);
    await expect(fill(earlier)).rejects.toThrow(RebuildStopped);
    await expect(rebuild.open(earlier, aFilling(), sale)).rejects.toThrow(RebuildStopped);
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
    await fill(later);
    await rebuild.open(later, aFilling(), sale);
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "reserved" });
  });

  test("changes nothing of a gate that is open, though its buyers are still those that were counted", async () => {
    const sale = await load({ purchaseLimit: 2 });
    const buyerId = aBuyer();
    const counted = parseBuyerOrders("ord_1,1,1,AAAABBBBCCCCDDDD");
    const filling = aFilling({ buyers: new Map([[buyerId, counted]]), soldUnits: 1, places: 1 });
    const recovery = await rebuild.begin(sale.saleId, 1);
    await fill(recovery, filling);
    await rebuild.open(recovery, filling, sale);
    reservationOf(await reserve(sale.saleId, { buyerId }));
    const before = await rawGate(redis, sale.saleId);
    await expect(fill(recovery, filling)).rejects.toThrow(RebuildStopped);
    await expect(rebuild.open(recovery, filling, sale)).rejects.toThrow(RebuildStopped);
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
  });

  test("is fenced by a later guardian, and refused by another life of Redis", async () => {
    const sale = await load();
    const recovery = await rebuild.begin(sale.saleId, 1);
    await setField(sale.saleId, "fence", 2);
    await expect(fill(recovery)).rejects.toThrow("fenced");
    await expect(rebuild.open(recovery, aFilling(), sale)).rejects.toThrow("fenced");
    await setField(sale.saleId, "fence", 1);
    await setField(sale.saleId, "run_id", "0123456789abcdef0123456789abcdef01234567");
    await expect(fill(recovery)).rejects.toThrow("lost");
    await expect(rebuild.open(recovery, aFilling(), sale)).rejects.toThrow("lost");
  });
});
