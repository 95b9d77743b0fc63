import { describe, expect, test } from "vitest";
import { testGate } from "../../tests/gate/test-gate.ts";
import { testStores } from "../../tests/support/stores.ts";
import { aBuyer, FAR_AHEAD_MS, LONG_AGO_MS } from "../../tests/support/test-sale.ts";
import type { Sale } from "../sale/sale.ts";

const stores = await testStores();
const { gate, load, reserve, nowMs } = testGate(stores.redisUrl);

const iso = (ms: number) => new Date(ms).toISOString();
const tierAt = (startsAtMs: number) => [{ name: "Gold", startsAt: iso(startsAtMs) }];
const listed = (tiers: ReturnType<typeof tierAt> = []): Sale["guests"] => ({
  kind: "listed",
  by: "codes",
  tiers,
});
const guestList = { id: "list", edition: 3 };
const invited = { edition: 3, fromMs: null };

describe("a sale for the guests on its list", () => {
  test("lets nobody buy without an invitation of its list, or a newer one, and counts nothing", async () => {
    const { saleId } = await load({ guests: listed(), guestList });
    const filter = { bytes: Buffer.alloc(0), bits: expect.any(Number) as number };
    expect(await reserve(saleId, { wantsFilter: true })).toEqual({
      kind: "not_eligible",
      reason: "no_invitation",
      filter,
    });
    expect(await reserve(saleId, { wantsFilter: true, invited: { edition: 2, fromMs: null } })).toEqual({
      kind: "not_eligible",
      reason: "outdated",
      filter: null,
    });
    expect(await gate.inspect(saleId)).toMatchObject({ stock: { available: 5, sold: 0 } });
    expect(await reserve(saleId, { invited })).toMatchObject({ kind: "reserved" });
    expect(await reserve(saleId, { invited: { edition: 4, fromMs: null } })).toMatchObject({
      kind: "reserved",
    });
  });

  test("answers a repeat as the first time, though the list has changed since", async () => {
    const sale = await load({ guests: listed(), guestList });
    const { saleId } = sale;
    const asked = { buyerId: aBuyer(), key: "the same key" };
    const first = await reserve(saleId, { ...asked, invited });
    expect(first.kind).toBe("reserved");
    const next = { ...sale, revision: 2, guestList: { id: "other", edition: 4 } };
    expect(await gate.configure(next, "committed")).toEqual({ kind: "configured" });
    expect(await reserve(saleId, { ...asked, invited })).toMatchObject({ kind: "replayed" });
    expect(await reserve(saleId, { invited })).toMatchObject({ kind: "not_eligible", reason: "outdated" });
  });

  test("is what the gate shows of its settings", async () => {
    const { saleId } = await load({ guests: listed(tierAt(LONG_AGO_MS)), guestList });
    expect(await gate.inspect(saleId)).toMatchObject({
      guests: { kind: "listed", tiers: [{ startsAt: iso(LONG_AGO_MS) }] },
      guestList: { edition: 3 },
    });
    const { saleId: other } = await load();
    expect(await gate.inspect(other)).toMatchObject({ guests: { kind: "everybody", tiers: [] } });
  });
});

describe("a tier's opening, by the gate's clock", () => {
  const later = { startsAtMs: FAR_AHEAD_MS, guestList };

  test("lets its guests buy from then on, and nobody else before the sale's own", async () => {
    const { saleId } = await load({
      ...later,
      guests: { ...listed(tierAt(LONG_AGO_MS)), kind: "listed_first" } as Sale["guests"],
    });
    expect(await reserve(saleId, { invited: { edition: 3, fromMs: LONG_AGO_MS } })).toMatchObject({
      kind: "reserved",
    });
    for (const some of [null, invited])
      expect(await reserve(saleId, { invited: some })).toMatchObject({
        kind: "not_open",
        startsAtMs: FAR_AHEAD_MS,
      });
    expect(await reserve(saleId, { invited: { edition: 2, fromMs: LONG_AGO_MS } })).toMatchObject({
      kind: "not_eligible",
      reason: "outdated",
    });
  });

  test("tells a guest their own, and never comes before the sale's first tier", async () => {
    const firstMs = (await nowMs()) + 3_600_000;
    const { saleId } = await load({ ...later, guests: listed(tierAt(firstMs)) });
    for (const fromMs of [firstMs, LONG_AGO_MS])
      expect(await reserve(saleId, { invited: { edition: 3, fromMs } })).toMatchObject({
        kind: "not_open",
        startsAtMs: firstMs,
      });
  });

  test("an older invitation does not keep anybody from an open sale that everybody may come to", async () => {
    const { saleId } = await load({
      guestList,
      guests: { ...listed(tierAt(LONG_AGO_MS - 1)), kind: "listed_first" } as Sale["guests"],
    });
    expect(await reserve(saleId, { invited: { edition: 1, fromMs: LONG_AGO_MS } })).toMatchObject({
      kind: "reserved",
    });
  });

  test("is an opening: what may change only before it no longer may", async () => {
    const sale = await load({ ...later, guests: listed(tierAt(LONG_AGO_MS)) });
    const next = { ...sale, revision: 2 };
    expect(await gate.configure(next, "before_opening")).toEqual({ kind: "begun" });
  });
});

test("until a change is committed the gate forbids what either side forbids", async () => {
  const sale = await load({ startsAtMs: FAR_AHEAD_MS, guests: listed(tierAt(LONG_AGO_MS)), guestList });
  const wider = { ...sale, revision: 2, guests: { kind: "everybody" } as const };
  expect(await gate.configure(wider, "first")).toEqual({ kind: "configured" });
  expect(await gate.inspect(sale.saleId)).toMatchObject({
    guests: { kind: "listed", tiers: [] },
    guestList: { edition: 3 },
  });
  // It may come to nothing: nobody is told for good.
  expect(await reserve(sale.saleId)).toEqual({ kind: "recovering" });
  expect(await gate.configure(wider, "committed")).toEqual({ kind: "conflict" });
  expect(await gate.configure({ ...wider, revision: 3 }, "committed")).toEqual({ kind: "configured" });
});
