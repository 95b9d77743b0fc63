import { expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { aFilling, testGate } from "../../tests/gate/test-gate.ts";
import { aSale } from "../../tests/support/test-sale.ts";
import type { BegunRecovery } from "./rebuild.redis.ts";

const stores = await testStores();
const { redis, gate, rebuild, load, reserve, field } = testGate(stores.redisUrl);

const fill = (recovery: BegunRecovery) => rebuild.refill(recovery, aFilling(), async () => {});

/** A gate with the settings of revision 5, closed by a recovery. */
async function closed() {
  const sale = await load();
  await gate.configure({ ...sale, revision: 5 }, "first");
  return { sale: { ...sale, revision: 5 }, recovery: await rebuild.begin(sale.saleId, 1) };
}

test("committed settings are kept, and a resume with older ones does not overwrite them", async () => {
  const { sale, recovery } = await closed();
  const ended = { ...sale, revision: 6, state: "ended", allocated: 9, purchaseLimit: 4 } as const;
  expect(await gate.configure(ended, "committed")).toEqual({ kind: "recovering" });
  await fill(recovery);
  await rebuild.open(recovery, aFilling(), sale);
  expect(await gate.inspect(sale.saleId)).toMatchObject({
    revision: 6,
    state: "ended",
    purchaseLimit: 4,
    stock: { allocated: 9, available: 9 },
  });
  expect(await reserve(sale.saleId)).toEqual({ kind: "ended" });
});

test("a resume brings settings that are newer than the gate's", async () => {
  const { sale, recovery } = await closed();
  await fill(recovery);
  await rebuild.open(recovery, aFilling(), { ...sale, revision: 10, allocated: 7, state: "paused" });
  expect(await gate.inspect(sale.saleId)).toMatchObject({
    revision: 10,
    state: "paused",
    stock: { allocated: 7, available: 7 },
  });
});

test("a gate that was begun anew has no settings: it keeps those committed, and opens with them", async () => {
  const sale = aSale({ revision: 2 });
  const recovery = await rebuild.begin(sale.saleId, 1);
  expect(await gate.configure(sale, "committed")).toEqual({ kind: "recovering" });
  expect(await field(sale.saleId, "revision")).toBe("2");
  await fill(recovery);
  await rebuild.open(recovery, aFilling(), sale);
  expect(await reserve(sale.saleId)).toMatchObject({ kind: "reserved" });
});

test.each(["first", "before_opening"] as const)(
  "settings on which the gate decides are refused while it is closed (%s)",
  async (when) => {
    const { sale } = await closed();
    const before = await rawGate(redis, sale.saleId);
    expect(await gate.configure({ ...sale, revision: 6, allocated: 9 }, when)).toEqual({
      kind: "recovering",
    });
    expect(await gate.configure(sale, when)).toEqual({ kind: "recovering" });
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
  },
);

test("an older revision is stale, and the same with other content a conflict, closed or not", async () => {
  const { sale } = await closed();
  const before = await rawGate(redis, sale.saleId);
  expect(await gate.configure({ ...sale, revision: 4, allocated: 9 }, "committed")).toEqual({
    kind: "stale",
  });
  expect(await gate.configure({ ...sale, allocated: 9 }, "committed")).toEqual({ kind: "conflict" });
  expect(await gate.configure(sale, "committed")).toEqual({ kind: "recovering" });
  expect(await rawGate(redis, sale.saleId)).toEqual(before);
});
