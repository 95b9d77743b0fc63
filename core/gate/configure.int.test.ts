import { describe, expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer, FAR_AHEAD_MS, LONG_AGO_MS } from "../../tests/support/test-sale.ts";
import { mayHold } from "./holder-filter.ts";
import type { GateSettings } from "./settings.ts";

const stores = await testStores();
const { redis, gate, load, reserve, field, setField, nowMs } = testGate(stores.redisUrl);

const WHENS = ["committed", "first", "before_opening"] as const;
const configured = { kind: "configured" };

describe("a newer revision", () => {
  test("that is committed replaces every setting and moves only what is available", async () => {
    const sale = await load({ allocated: 5 });
    await reserve(sale.saleId);
    const before = await rawGate(redis, sale.saleId);
    const changes = { state: "paused", allocated: 8, purchaseLimit: 3, attemptLimit: 7 } as const;
    const times = { startsAtMs: FAR_AHEAD_MS, endsAtMs: FAR_AHEAD_MS + 1 };
    expect(await gate.configure({ ...sale, revision: 2, ...changes, ...times }, "committed")).toEqual(
      configured,
    );
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

  test.each(["first", "before_opening"] as const)(
    "that is not committed yet forbids what either it or the gate's own settings forbid (%s)",
    async (when) => {
      const own = { allocated: 5, purchaseLimit: 3, attemptLimit: 9, startsAtMs: FAR_AHEAD_MS };
      const sale = await load({ ...own, state: "paused", endsAtMs: FAR_AHEAD_MS + 9 });
      const looser = { state: "running", allocated: 8, purchaseLimit: 4, attemptLimit: 10 } as const;
      const ends = { startsAtMs: LONG_AGO_MS, endsAtMs: null };
      expect(await gate.configure({ ...sale, revision: 2, ...looser, ...ends }, when)).toEqual(configured);
      expect(await gate.inspect(sale.saleId)).toMatchObject({
        revision: 2,
        state: "paused",
        purchaseLimit: 3,
        attemptLimit: 9,
        startsAtMs: FAR_AHEAD_MS,
        endsAtMs: FAR_AHEAD_MS + 9,
        stock: { allocated: 5, available: 5 },
      });
      const stricter = { state: "ended", allocated: 4, purchaseLimit: 2, attemptLimit: 8 } as const;
      const sooner = { startsAtMs: FAR_AHEAD_MS + 1, endsAtMs: FAR_AHEAD_MS + 8 };
      expect(await gate.configure({ ...sale, revision: 3, ...stricter, ...sooner }, when)).toEqual(
        configured,
      );
      expect(await gate.inspect(sale.saleId)).toMatchObject({
        ...sooner,
        revision: 3,
        state: "ended",
        purchaseLimit: 2,
        attemptLimit: 8,
        stock: { allocated: 4, available: 4 },
      });
    },
  );

  test("that is not committed yet tells nobody for good that the sale is sold out, or has ended", async () => {
    const sale = await load({ allocated: 2 });
    await reserve(sale.saleId);
    const asked = [
      { ...sale, revision: 2, allocated: 1 },
      { ...sale, revision: 4, allocated: 1, endsAtMs: LONG_AGO_MS + 1 },
    ] as const;
    for (const [settings, isOver] of [
      [asked[0], "sold_out"],
      [asked[1], "ended"],
    ] as const) {
      expect(await gate.configure(settings, "first")).toEqual(configured);
      expect(await reserve(sale.saleId)).toEqual({ kind: "recovering" });
      const committed = { ...settings, revision: settings.revision + 1 };
      expect(await gate.configure(committed, "committed")).toEqual(configured);
      expect(await reserve(sale.saleId)).toMatchObject({ kind: isOver });
    }
  });

  test("that comes after a later change was committed takes nothing of it back", async () => {
    const sale = await load();
    await gate.configure({ ...sale, revision: 2, state: "paused" }, "committed");
    expect(await gate.configure({ ...sale, revision: 3, allocated: 4 }, "first")).toEqual(configured);
    expect(await reserve(sale.saleId)).toEqual({ kind: "paused" });
  });

  test("is newer by its number, not by its text", async () => {
    const sale = await load({ revision: 9 });
    expect(await gate.configure({ ...sale, revision: 10, allocated: 6 }, "first")).toEqual(configured);
    expect(await gate.configure({ ...sale, revision: 9 }, "first")).toEqual({ kind: "stale" });
  });

  test("with an allocation below what is taken is refused whole, and names what is taken", async () => {
    const sale = await load({ allocated: 5 });
    for (let i = 0; i < 3; i++) await reserve(sale.saleId);
    const before = await rawGate(redis, sale.saleId);
    for (const when of ["committed", "first"] as const) {
      const settings = { ...sale, revision: 2, allocated: 2, state: "paused" } as const;
      expect(await gate.configure(settings, when)).toEqual({ kind: "below_taken", taken: 3 });
    }
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
    const lowered = { ...sale, allocated: 3 };
    expect(await gate.configure({ ...lowered, revision: 2 }, "first")).toEqual(configured);
    expect(await gate.configure({ ...lowered, revision: 3 }, "committed")).toEqual(configured);
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "sold_out", available: 0, held: 0 });
  });
});

describe.each(WHENS)("an older or equal revision (%s)", (when) => {
  test("an older one is stale and changes nothing", async () => {
    const sale = await load({ revision: 10 });
    const before = await rawGate(redis, sale.saleId);
    expect(await gate.configure({ ...sale, revision: 9, allocated: 2 }, when)).toEqual({ kind: "stale" });
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
  });

  test("the present one with the same settings is fine, and moves no unit twice", async () => {
    const sale = await load({ startsAtMs: FAR_AHEAD_MS });
    const raised = { ...sale, revision: 2, allocated: 8 };
    expect(await gate.configure(raised, when)).toEqual(configured);
    const before = await rawGate(redis, sale.saleId);
    expect(await gate.configure(raised, when)).toEqual(configured);
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
  });

  test.each([
    ["state", { state: "paused" }],
    ["allocation", { allocated: 4 }],
    ["start", { startsAtMs: LONG_AGO_MS + 1 }],
    ["end", { endsAtMs: FAR_AHEAD_MS }],
    ["purchase limit", { purchaseLimit: 2 }],
    ["attempt limit", { attemptLimit: 9 }],
  ] as const)("the present one with another %s is a conflict, and changes nothing", async (_, other) => {
    const sale = await load({ purchaseLimit: 3 });
    const before = await rawGate(redis, sale.saleId);
    expect(await gate.configure({ ...sale, ...other }, when)).toEqual({ kind: "conflict" });
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
  });
});

test("a change that was delayed cannot replace a later one, by whatever revision it comes", async () => {
  const sale = await load();
  const [delayed, later] = [
    { ...sale, revision: 2, state: "running", allocated: 9 } as const,
    { ...sale, revision: 3, state: "paused", allocated: 7 } as const,
  ];
  await gate.configure(later, "committed");
  for (const when of ["committed", "first"] as const)
    expect(await gate.configure(delayed, when)).toEqual({ kind: "stale" });
  expect(await gate.configure({ ...delayed, revision: 3 }, "committed")).toEqual({ kind: "conflict" });
  await gate.configure({ ...delayed, revision: 3 }, "first");
  expect(await gate.inspect(sale.saleId)).toMatchObject({ state: "paused", stock: { allocated: 7 } });
});

const beforeOpening = (sale: GateSettings) => gate.configure(sale, "before_opening");

describe("a change that holds only before the sale has begun", () => {
  test("is taken while the gate's clock is before the start", async () => {
    const sale = await load({ startsAtMs: (await nowMs()) + 60_000, purchaseLimit: 3 });
    expect(await beforeOpening({ ...sale, revision: 2, purchaseLimit: 1 })).toEqual(configured);
    expect(await field(sale.saleId, "purchase_limit")).toBe("1");
  });

  test("is refused from the start on, by the gate's clock alone, and changes nothing", async () => {
    const sale = await load({ startsAtMs: await nowMs(), purchaseLimit: 3 });
    const before = await rawGate(redis, sale.saleId);
    expect(await beforeOpening({ ...sale, revision: 2, purchaseLimit: 1 })).toEqual({ kind: "begun" });
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
  });

  test("goes by the present start, not by the one that it brings", async () => {
    const begun = await load({ startsAtMs: LONG_AGO_MS });
    expect(await beforeOpening({ ...begun, revision: 2, startsAtMs: FAR_AHEAD_MS })).toEqual({
      kind: "begun",
    });
    const waiting = await load({ startsAtMs: FAR_AHEAD_MS });
    const earlier = { ...waiting, revision: 2, startsAtMs: LONG_AGO_MS };
    expect(await beforeOpening(earlier)).toEqual(configured);
    expect(await reserve(waiting.saleId)).toMatchObject({ kind: "not_open" });
    await gate.configure({ ...earlier, revision: 3 }, "committed");
    expect(await reserve(waiting.saleId)).toMatchObject({ kind: "reserved" });
  });

  test("is taken once: its repeat after the start is answered as the first time", async () => {
    const sale = await load({ startsAtMs: FAR_AHEAD_MS });
    const earlier = { ...sale, revision: 2, startsAtMs: LONG_AGO_MS };
    await beforeOpening(earlier);
    expect(await beforeOpening(earlier)).toEqual(configured);
  });
});

test("a gate of another Redis life is lost to a change", async () => {
  const sale = await load();
  await setField(sale.saleId, "run_id", "0123456789abcdef0123456789abcdef01234567");
  for (const when of WHENS)
    expect(await gate.configure({ ...sale, revision: 2 }, when)).toEqual({ kind: "lost" });
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
    await gate.configure({ ...sale, revision: 2, allocated: 3 }, "committed");
    const restockAtMs = Number(await field(sale.saleId, "restock_at_ms"));
    expect(restockAtMs).toBeGreaterThanOrEqual(fromMs + 1500);
    expect(restockAtMs).toBeLessThanOrEqual((await nowMs()) + 1500);
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "sold_out", available: 0, held: 0 });
    await lapse(sale.saleId);
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "reserved" });
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "reserved" });
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "sold_out" });
  });

  test("bring no filter while they wait: what is learnt now would outlive the wait", async () => {
    const sale = await soldOut();
    await gate.configure({ ...sale, revision: 2, allocated: 3 }, "committed");
    expect(await reserve(sale.saleId, { wantsFilter: true })).toEqual({
      kind: "sold_out",
      available: 0,
      held: 0,
      filter: null,
    });
  });

  test("are open at once where units are left, since nobody was told sold out", async () => {
    const sale = await load({ allocated: 2 });
    await reserve(sale.saleId);
    await gate.configure({ ...sale, revision: 2, allocated: 3 }, "committed");
    expect(await field(sale.saleId, "restock_at_ms")).toBe("0");
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "reserved" });
  });

  test("leave the holders what they have: all of them stay in the filter", async () => {
    const sale = await load({ allocated: 3 });
    const holders = [aBuyer(), aBuyer(), aBuyer(), aBuyer()];
    for (const buyerId of holders.slice(0, 3)) await reserve(sale.saleId, { buyerId });
    await gate.configure({ ...sale, revision: 2, allocated: 4 }, "committed");
    await lapse(sale.saleId);
    await reserve(sale.saleId, { buyerId: holders[3]! });
    const reply = await reserve(sale.saleId, { wantsFilter: true });
    const filter = reply.kind === "sold_out" ? reply.filter : null;
    expect(holders.map((buyerId) => filter && mayHold(filter, buyerId))).toEqual([true, true, true, true]);
  });
});
