import { describe, expect, test } from "vitest";
import type { PastSalePage, SaleList } from "../../core/contract/sale.ts";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";
import { testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

const HOUR_MS = 3_600_000;
const later = (ms: number) => new Date(Date.now() + ms).toISOString();
const retire = (saleId: SaleId) => sales.operate(saleId, { visibility: "retired" });
const bringBack = (saleId: SaleId) => sales.operate(saleId, { visibility: "listed" });

/** A sale that ended by itself and was closed, and the order of its one buyer. */
async function closedSale() {
  const saleId = await sales.newSale();
  const buyer = { buyerId: aBuyer(), key: crypto.randomUUID() };
  const order = await sales.accepted(saleId, buyer);
  expect(await sales.decided(order)).toBe("confirmed");
  const endsAt = later(300);
  await sales.operate(saleId, { endsAt });
  await sales.untilGateClock(Date.parse(endsAt));
  await sales.newGuardian().untilClosed(saleId);
  return { saleId, buyer, order };
}

async function isShown(saleId: SaleId): Promise<boolean> {
  const lists = await Promise.all(
    ["GET /api/sales", "GET /api/sales/past/newest"].map((route) => sales.call(route)),
  );
  return lists.some(({ body }) =>
    (body as unknown as SaleList | PastSalePage).sales.some((sale) => sale.saleId === saleId),
  );
}

const untilShown = (saleId: SaleId, isExpected: boolean) =>
  waitFor("the lists are read anew", async () => (await isShown(saleId)) === isExpected);

/** As the lists are read from; one that is archived within the hour is in neither of them. */
const shownAs = async (saleId: SaleId) => (await sales.snapshotOf(saleId)).copies[0]?.["visibility"];

describe.concurrent("a sale that is retired", { timeout: 60_000 }, () => {
  test.each([false, true])(
    "leaves the lists; its page and orders stay (its gate archived: %s)",
    async (isArchived) => {
      const { saleId, buyer, order } = await closedSale();
      if (isArchived) await sales.archive(saleId);
      else await untilShown(saleId, true);
      const before = await sales.watch(saleId);
      expect(await retire(saleId)).toMatchObject({
        status: 200,
        body: { visibility: "retired", phase: "ended" },
      });
      await untilShown(saleId, false);
      expect((await sales.call(`GET /api/sale/status/${saleId}`)).body).toMatchObject({ phase: "ended" });
      expect(await sales.buy(saleId, buyer)).toMatchObject({ status: 202 });
      expect(await sales.buy(saleId)).toMatchObject({ status: 409, body: { kind: "ended" } });
      expect(await sales.stateOf(order)).toBe("confirmed");
      expect(await sales.isGuarded(saleId)).toBe(false);
      const { stock, orders } = await sales.watch(saleId);
      expect({ stock, orders }).toEqual({ stock: before.stock, orders: before.orders });
      expect(await bringBack(saleId)).toMatchObject({ status: 200, body: { visibility: "listed" } });
      expect(await shownAs(saleId)).toBe("listed");
      if (!isArchived) await untilShown(saleId, true);
      expect(await sales.isGuarded(saleId)).toBe(false);
    },
  );

  test("is not one that goes on, or has ended and is not closed yet", async () => {
    const saleId = await sales.newSale();
    expect(await retire(saleId)).toMatchObject({ status: 409 });
    await sales.operate(saleId, "end");
    expect(await retire(saleId)).toMatchObject({ status: 409, body: { kind: "conflict" } });
    await sales.newGuardian().untilClosed(saleId);
    expect(await retire(saleId)).toMatchObject({ status: 200 });
  });

  test("is not extended, and a sale that is extended is not retired, whichever comes first", async () => {
    const { saleId } = await closedSale();
    for (let round = 0; round < 5; round++) {
      const [retired, extended] = await Promise.all([
        retire(saleId),
        sales.operate(saleId, { endsAt: later(HOUR_MS) }),
      ]);
      expect(new Set([retired.status, extended.status])).toEqual(new Set([200, 409]));
      const { visibility } = await sales.watch(saleId);
      expect([visibility === "retired", await sales.isGuarded(saleId)]).toEqual([
        retired.status === 200,
        extended.status === 200,
      ]);
      if (extended.status === 200) break;
      await bringBack(saleId);
    }
  });

  test("whose copy was not written leaves the lists with the next archiving", async () => {
    const { saleId } = await closedSale();
    await sales.archive(saleId);
    await sales.changeInRecordsAlone(saleId, { visibility: "retired" });
    expect(await shownAs(saleId)).toBe("listed");
    expect(await sales.isToArchive(saleId)).toBe(true);
    expect(await sales.archive(saleId)).toBe("archived");
    expect(await shownAs(saleId)).toBe("retired");
    expect(await sales.isToArchive(saleId)).toBe(false);
  });

  test("whose copy was not written, having been closed lately, leaves the lists within a minute", async () => {
    const { saleId } = await closedSale();
    await sales.changeInRecordsAlone(saleId, { visibility: "retired" });
    expect(await shownAs(saleId)).toBe("listed");
    await sales.tendClosed();
    expect(await shownAs(saleId)).toBe("retired");
    await untilShown(saleId, false);
  });

  test("while its gate is archived ends as both, with nothing left to do", async () => {
    const { saleId } = await closedSale();
    await sales.archiveWhile(saleId, "recorded", async () => void (await retire(saleId)));
    await sales.archive(saleId);
    expect(await shownAs(saleId)).toBe("retired");
    expect([await sales.keysOf(saleId), await sales.isToArchive(saleId)]).toEqual([0, false]);
  });
});
