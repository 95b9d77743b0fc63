import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test, vi } from "vitest";
import { gateOn, reservationOf } from "../../tests/gate/test-gate.ts";
import { testCloud } from "../../tests/support/cloud.ts";
import { testRedis } from "../../tests/support/test-redis.ts";
import { waitFor } from "../../tests/support/wait-for.ts";
import { createSale } from "../../load/create-sale.ts";
import { closeClients } from "../opened.ts";
import { gateKeys } from "../gate/keys.ts";
import type { SaleId } from "../ids.ts";
import { giveRevision } from "../sale/sales.postgres.ts";
import { archiveDuty } from "./duties/archive-duty.ts";
import { guardDependencies } from "../clients/guard-dependencies.ts";
import { createGuard } from "./guard-sale.ts";
import { type GuardedSale, guardedSales } from "./guarded-sales.postgres.ts";
import { runGuardian } from "./guardian.ts";
import { createWatchList } from "./watch-list.ts";

const cloud = await testCloud();
const deps = await guardDependencies();
const redis = testRedis(cloud);
const { reserve } = gateOn(redis);
afterAll(closeClients);

const newSale = (name: string) => createSale(cloud.apiUrl, { name, allocated: 10 });
const HOUR_S = 3_600;

/** A guardian that keeps count of its looks, and tells whether PostgreSQL has the last word of each. */
function countingGuardian() {
  const guard = createGuard(deps);
  const looks: SaleId[] = [];
  const guardSale = async (sale: GuardedSale) => {
    looks.push(sale.saleId);
    return guard(sale);
  };
  const guardian = { ...deps, guardSale, sales: createWatchList(deps), archive: archiveDuty(deps) };
  return {
    run: (forMs: number) => runGuardian(guardian, forMs),
    looksAt: (saleId: SaleId) => looks.filter((id) => id === saleId).length,
  };
}

test(
  "a sale in which nothing happens is looked into once; one in which something does, until it is done",
  { timeout: 30_000 },
  async () => {
    const [quiet, lively] = [await newSale("Quiet"), await newSale("Lively")];
    const guardian = countingGuardian();
    const run = guardian.run(9_000);
    await waitFor("both are looked into", () => guardian.looksAt(quiet) > 0 && guardian.looksAt(lively) > 0);
    await sleep(1_500);
    const before = guardian.looksAt(lively);
    const reservation = reservationOf(await reserve(lively));
    const isRelayed = async () => (await redis.hlen(gateKeys(lively).outbox)) === 0;
    const startedMs = performance.now();
    await waitFor("the purchase that died is finished", isRelayed);
    expect(performance.now() - startedMs).toBeLessThan(4_500);
    expect(await deps.ledger.get(reservation.orderId, reservation.buyerId)).not.toBeNull();
    await run;
    expect(guardian.looksAt(lively)).toBeGreaterThan(before);
    expect(guardian.looksAt(quiet)).toBe(1);
  },
);

test("a new guardian believes the last comparison while the counters stand still, and copies nothing again", async () => {
  const saleId = await newSale("Compared");
  await countingGuardian().run(0);
  const compared = await deps.signs.lastComparison(saleId);
  expect(compared).toMatchObject({ driftUnits: 0 });
  const put = vi.spyOn(deps.saleRecords, "put");
  await countingGuardian().run(0);
  expect(await deps.signs.lastComparison(saleId)).toEqual(compared);
  expect(put).not.toHaveBeenCalled();
  put.mockRestore();
});

test("a change that the gate did not hear of is brought to it within seconds", async () => {
  const saleId = await newSale("Changed");
  const guardian = countingGuardian();
  const run = guardian.run(8_000);
  await waitFor("the sale is looked into", () => guardian.looksAt(saleId) > 0);
  await sleep(1_000);
  const revision = await giveRevision(deps.db, saleId);
  const endsAt = new Date(Date.now() + HOUR_S * 1_000);
  await deps.db
    .updateTable("sales")
    .set({ ends_at: endsAt, revision: revision! })
    .where("id", "=", saleId)
    .execute();
  const endOf = async () => Number(await redis.hget(gateKeys(saleId).gate, "ends_at_ms"));
  await waitFor("the gate has the new end", async () => (await endOf()) === endsAt.getTime());
  await run;
});

test(
  "one gate that is lost makes all sales due: whatever took it may have taken theirs",
  { timeout: 40_000 },
  async () => {
    const lost = await Promise.all(["One", "Two", "Three"].map(newSale));
    const guardian = countingGuardian();
    const run = guardian.run(9_000);
    await waitFor("each is looked into", () => lost.every((saleId) => guardian.looksAt(saleId) > 0));
    await redis.del(...lost.slice(0, 1).flatMap((saleId) => Object.values(gateKeys(saleId))));
    await waitFor("the lost gate is rebuilt", async () => {
      const sale = (await guardedSales(deps.db, lost.slice(0, 1)))[0];
      return (sale?.epoch ?? 0) > 1 && (await redis.hget(gateKeys(lost[0]!).gate, "recovering")) === "0";
    });
    await run;
  },
);

test("the list of sales follows PostgreSQL: what was closed is looked at no more", async () => {
  const saleId = await newSale("Closed");
  const guardian = countingGuardian();
  await guardian.run(0);
  await deps.db.updateTable("sales").set({ closed_at: new Date() }).where("id", "=", saleId).execute();
  await sleep(2_000);
  await redis.hset(gateKeys(saleId).gate, "requested", "nobody is to hear of this");
  await guardian.run(0);
  expect(guardian.looksAt(saleId)).toBe(1);
});
