import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { createWatchList } from "./watch-list.ts";

const stores = await testStores();
const { db, insert } = testOrders(stores.databaseUrl);

/** A look comes within a second after that: the runbook promises about three in all. */
test("a change that nobody but PostgreSQL knows makes its sale due within two seconds, however quiet it was", async () => {
  const { saleId } = await insert();
  let nowMs = 0;
  const list = createWatchList({ db, clock: { nowMs: () => nowMs, monotonicMs: () => nowMs } });
  const watched = () => [...list.all()].find(({ sale }) => sale.saleId === saleId)!;
  await list.refresh();
  nowMs = 3_600_000;
  await list.refresh();
  Object.assign(watched(), { calmAt: "calm for an hour", dueAtMs: nowMs + 3_000 });

  await db.updateTable("sales").set({ state: "paused", revision: 7 }).where("id", "=", saleId).execute();
  nowMs += 2_000;
  await list.refresh();
  expect(watched()).toMatchObject({ sale: { state: "paused", revision: 7 }, calmAt: null, dueAtMs: nowMs });
});
