import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { isSaleNear, NEAR_BEFORE_MS, openingWithin } from "./near-sales.postgres.ts";

const stores = await testStores();
const { db, insert } = testOrders(stores.databaseUrl);
const startsAtMs = Date.parse("2030-01-01T10:00:00.000Z");

test("a sale is near from five minutes before its start until it is closed; one that was never opened is not", async () => {
  expect(await isSaleNear(db, startsAtMs)).toBe(false);
  await insert({ startsAtMs, epoch: 0 });
  expect(await isSaleNear(db, startsAtMs)).toBe(false);
  const { saleId } = await insert({ startsAtMs });
  expect(await isSaleNear(db, startsAtMs - NEAR_BEFORE_MS - 1)).toBe(false);
  expect(await isSaleNear(db, startsAtMs - NEAR_BEFORE_MS)).toBe(true);
  const ended = db.updateTable("sales").set({ state: "ended" }).where("id", "=", saleId);
  await ended.execute();
  expect(await isSaleNear(db, startsAtMs + 86_400_000)).toBe(true);
  await db.updateTable("sales").set({ closed_at: new Date() }).where("id", "=", saleId).execute();
  expect(await isSaleNear(db, startsAtMs + 86_400_000)).toBe(false);
});

test("a sale whose tier opens before it is near from then", async () => {
  const firstMs = startsAtMs - 86_400_000;
  const tiers = [
    { name: "Silver", startsAt: new Date(firstMs + 1).toISOString() },
    { name: "Gold", startsAt: new Date(firstMs).toISOString() },
  ];
  const { saleId } = await insert({ startsAtMs, guests: { kind: "listed_first", by: "codes", tiers } });
  expect(await isSaleNear(db, firstMs - NEAR_BEFORE_MS - 1)).toBe(false);
  expect(await isSaleNear(db, firstMs - NEAR_BEFORE_MS)).toBe(true);
  const soon = async (nowMs: number) => (await openingWithin(db, 60_000, nowMs)).map(({ id }) => id);
  expect(await soon(firstMs - 60_000)).toEqual([saleId]);
  for (const nowMs of [firstMs - 60_001, firstMs, startsAtMs - 1])
    expect(await soon(nowMs)).not.toContain(saleId);
  await db.updateTable("sales").set({ closed_at: new Date() }).where("id", "=", saleId).execute();
});
