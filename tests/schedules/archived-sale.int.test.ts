import { describe, expect, test } from "vitest";
import type { OrderView } from "../../core/contract/order.ts";
import type { PastSalePage, SaleList, SaleStatus } from "../../core/contract/sale.ts";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";
import { testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

const ENDS_IN_MS = 300;
const HOUR_MS = 3_600_000;
const KEYS_OF_A_SOLD_GATE = 4;
const later = (ms: number) => new Date(Date.now() + ms).toISOString();
const extend = (saleId: SaleId) => sales.operate(saleId, { endsAt: later(HOUR_MS) });

const idsIn = (body: unknown) => (body as SaleList | PastSalePage).sales.map((sale) => sale.saleId);

/** A closed sale of ten units, and the order of its one buyer. */
async function closedSale() {
  const saleId = await sales.newSale({ allocated: 10 });
  const buyer = { buyerId: aBuyer(), key: crypto.randomUUID() };
  const order = await sales.accepted(saleId, buyer);
  expect(await sales.decided(order)).toBe("confirmed");
  // Not from the start: a busy machine would have it end before it sold.
  const endsAt = later(ENDS_IN_MS);
  expect(await sales.operate(saleId, { endsAt })).toMatchObject({ status: 200 });
  await sales.untilGateClock(Date.parse(endsAt));
  await sales.newGuardian().untilClosed(saleId);
  return { saleId, buyer, order };
}

/** The sale sells again, its old buyer has their order still, and nothing was counted twice. */
async function expectSelling(saleId: SaleId, buyer: { buyerId: ReturnType<typeof aBuyer>; key: string }) {
  expect(await sales.decided(await sales.accepted(saleId))).toBe("confirmed");
  expect(await sales.buy(saleId, buyer)).toMatchObject({ status: 202 });
  expect((await sales.watch(saleId)).stock).toMatchObject({ available: 8, sold: 2 });
  expect(await sales.driftUnits(saleId)).toBe(0);
}

async function untilRecovered(saleId: SaleId) {
  const guardian = sales.newGuardian();
  await waitFor("the gate is back", async () => {
    await guardian.look(saleId);
    return (await sales.keysOf(saleId)) > 0;
  });
}

describe.concurrent("a sale that is archived", { timeout: 60_000 }, () => {
  test("has no key in Redis; its late shoppers are answered from the ledger, and its numbers from what was recorded", async () => {
    const { saleId, buyer, order } = await closedSale();
    const numbers = await sales.watch(saleId);
    expect(await sales.archive(saleId)).toBe("archived");
    expect(await sales.keysOf(saleId)).toBe(0);
    expect(await sales.isToArchive(saleId)).toBe(false);

    const { orderId } = order;
    expect(await sales.buy(saleId, buyer)).toMatchObject({
      status: 202,
      body: { outcome: "accepted", orderId },
    });
    expect(await sales.buy(saleId, { ...buyer, quantity: 2 })).toMatchObject({
      body: { kind: "key_reused" },
    });
    expect(await sales.buy(saleId, { buyerId: buyer.buyerId })).toMatchObject({
      status: 200,
      body: { outcome: "already_bought", orderId },
    });
    expect(await sales.buy(saleId)).toMatchObject({ status: 409, body: { kind: "ended" } });
    expect(await sales.stateOf(order)).toBe("confirmed");

    const { stock, attempts, orders } = numbers;
    expect(stock).toMatchObject({ available: 9, sold: 1 });
    expect(await sales.watch(saleId)).toMatchObject({ phase: "ended", stock, attempts, orders, outbox: 0 });
    const status = (await sales.call(`GET /api/sale/status/${saleId}`)).body as SaleStatus;
    expect(status).toMatchObject({ phase: "ended", stock });
    const token = tokenOf(aBuyer(), "viewer");
    const report = await sales.call(`GET /api/admin/sales/${saleId}/reconciliation`, { token });
    expect(report).toMatchObject({ status: 200, body: { driftUnits: 0, inFlight: 0 } });
  });

  test("is brought back by a recovery when it is extended, and sells nothing before", async () => {
    const { saleId, buyer } = await closedSale();
    await sales.archive(saleId);
    expect(await extend(saleId)).toMatchObject({ status: 200, body: { phase: "recovering" } });
    expect(await sales.buy(saleId)).toMatchObject({ status: 503, body: { kind: "lost" } });
    await untilRecovered(saleId);
    await expectSelling(saleId, buyer);
    expect(await sales.recoveriesOf(saleId)).toHaveLength(1);
  });

  test("refuses a change that its gate must decide on, and says what to do", async () => {
    const { saleId } = await closedSale();
    await sales.archive(saleId);
    expect(await sales.operate(saleId, { endsAt: later(HOUR_MS), allocated: 5 })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("archived") },
    });
    expect(await sales.isGuarded(saleId)).toBe(false);
  });
});

describe.concurrent("a sale that is extended while it is archived", { timeout: 60_000 }, () => {
  test("before anything is recorded, is no closed sale, and keeps its gate", async () => {
    const { saleId, buyer } = await closedSale();
    await extend(saleId);
    await expect(sales.archive(saleId)).rejects.toThrow("not closed");
    await expectSelling(saleId, buyer);
  });

  test("after it was recorded and before the keys go, keeps its gate and all that was bought meanwhile", async () => {
    const { saleId, buyer } = await closedSale();
    const archived = await sales.archiveWhile(saleId, "recorded", async () => {
      expect(await extend(saleId)).toMatchObject({ status: 200, body: { phase: "open" } });
      await sales.accepted(saleId);
    });
    expect(archived).toBe("changed");
    expect(await sales.keysOf(saleId)).toBeGreaterThanOrEqual(KEYS_OF_A_SOLD_GATE);
    expect(await sales.buy(saleId, buyer)).toMatchObject({ status: 202 });
    expect((await sales.watch(saleId)).stock).toMatchObject({ available: 8, sold: 2 });
    expect(await sales.recoveriesOf(saleId)).toHaveLength(0);
  });

  test("in PostgreSQL alone, its command to the gate being late, is recovered before it sells", async () => {
    const { saleId, buyer } = await closedSale();
    const archived = await sales.archiveWhile(saleId, "recorded", () =>
      sales.changeInRecordsAlone(saleId, { endsAt: later(HOUR_MS) }),
    );
    expect(archived).toBe("archived");
    expect(await sales.buy(saleId)).not.toMatchObject({ status: 202 });
    expect(await sales.isGuarded(saleId)).toBe(true);
    await untilRecovered(saleId);
    await sales.newGuardian().look(saleId);
    await expectSelling(saleId, buyer);
  });

  test("after the keys went and before that is recorded, is recovered, and archived again when it is over", async () => {
    const { saleId, buyer } = await closedSale();
    await sales.archiveWhile(saleId, "removed", async () => void (await extend(saleId)));
    expect(await sales.isGuarded(saleId)).toBe(true);
    await untilRecovered(saleId);
    await expectSelling(saleId, buyer);
    await sales.operate(saleId, "end");
    await sales.newGuardian().untilClosed(saleId);
    expect(await sales.isToArchive(saleId)).toBe(true);
    expect(await sales.archive(saleId)).toBe("archived");
    expect(await sales.keysOf(saleId)).toBe(0);
  });
});

describe.concurrent("an archiving that is cut off", { timeout: 60_000 }, () => {
  test.each(["recorded", "removed"] as const)("once it is %s, is done again by the next", async (step) => {
    const { saleId, buyer } = await closedSale();
    const crash = sales.archiveWhile(saleId, step, () => Promise.reject(new Error("killed")));
    await expect(crash).rejects.toThrow("killed");
    expect(await sales.isToArchive(saleId)).toBe(true);
    expect(await sales.buy(saleId, buyer)).toMatchObject({ status: 202 });
    expect(await sales.archive(saleId)).toBe("archived");
    expect(await sales.keysOf(saleId)).toBe(0);
    expect(await sales.isToArchive(saleId)).toBe(false);
    expect((await sales.watch(saleId)).stock).toMatchObject({ available: 9, sold: 1 });
  });

  test("after its gate was lost is done with PostgreSQL's own counters", async () => {
    const { saleId, buyer } = await closedSale();
    await sales.loseGate(saleId);
    expect(await sales.archive(saleId)).toBe("archived");
    expect(await sales.watch(saleId)).toMatchObject({ stock: { available: 9, sold: 1 }, attempts: null });
    expect(await sales.buy(saleId, buyer)).toMatchObject({ status: 202 });
  });
});

test(
  "an archived sale is in no list of current sales, and stays in those of past ones",
  { timeout: 60_000 },
  async () => {
    const { saleId } = await closedSale();
    expect(idsIn((await sales.call("GET /api/sales")).body)).toContain(saleId);
    await sales.archive(saleId);
    await waitFor(
      "the list is read anew",
      async () => !idsIn((await sales.call("GET /api/sales")).body).includes(saleId),
    );
    const { orders } = (await sales.call("GET /api/orders", { token: tokenOf(aBuyer()) })).body as {
      orders: OrderView[];
    };
    expect(orders).toEqual([]);
  },
);
