import { beforeAll, describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aBuyer, aSale, NOW_MS } from "../../tests/support/test-sale.ts";
import { newSaleId, type SaleId } from "../ids.ts";
import { createSaleRecords } from "../sale/sale-record.dynamo.ts";
import { buyerOrders, SALES_A_PAGE } from "./buyer-orders.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { createLedger } from "../reservation/ledger.dynamo.ts";

const { ledgerTable, dynamoEndpoint } = await testStores();

function storesOver(dynamo: Dynamo) {
  return { ledger: createLedger(dynamo, ledgerTable), saleRecords: createSaleRecords(dynamo, ledgerTable) };
}
const tables = testTables(dynamoEndpoint);
const stores = storesOver(tables);

/** One sale more than two pages hold, oldest first; made a millisecond apart. */
const sales = Array.from({ length: 2 * SALES_A_PAGE + 1 }, (_, i) =>
  aSale({ saleId: newSaleId(NOW_MS + i), name: `Sale ${i}`, priceMinor: 100 + i }),
);
beforeAll(() => Promise.all(sales.map((sale) => stores.saleRecords.put(sale))));

async function reserveIn(index: number, settings: Parameters<typeof aReservation>[0]) {
  const reservation = aReservation({ saleId: sales[index]!.saleId, ...settings });
  await stores.ledger.put(reservation);
  return reservation;
}

describe("a buyer's orders in all sales", () => {
  test("come page by page, each once, and the last page alone says that it is the last", async () => {
    const buyerId = aBuyer();
    const indexes = [0, 1, SALES_A_PAGE + 1, SALES_A_PAGE + 2, 2 * SALES_A_PAGE];
    const orders = await Promise.all(indexes.map((index) => reserveIn(index, { buyerId })));
    const orderIds: string[] = [];
    const pages: number[] = [];
    let after: SaleId | null = null;
    do {
      const page = await buyerOrders(stores, buyerId, after, NOW_MS);
      orderIds.push(...page.orders.map((order) => order.orderId));
      pages.push(page.orders.length);
      after = page.next;
    } while (after !== null);
    expect(orderIds.toSorted()).toEqual(orders.map((order) => order.orderId).toSorted());
    expect(pages).toEqual([3, 1, 1]);
  });

  test("are newest first, with what is known of each and of its sale", async () => {
    const buyerId = aBuyer();
    const last = sales.length - 1;
    const early = await reserveIn(last, { buyerId, reservedAtMs: NOW_MS, place: 7 });
    const late = await reserveIn(last - 1, { buyerId, reservedAtMs: NOW_MS + 5_000, quantity: 2 });
    const settled = { state: "rejected", reason: "beyond_allocation" } as const;
    const event = { kind: "rejected", id: "reject", number: 1, reason: settled.reason } as const;
    await stores.ledger.copyEvents([{ reservation: early, event }]);
    const { orders } = await buyerOrders(stores, buyerId, null, NOW_MS);
    expect(orders).toMatchObject([
      { orderId: late.orderId, quantity: 2, state: "accepted", sale: { name: `Sale ${last - 1}` } },
      {
        orderId: early.orderId,
        place: 7,
        ...settled,
        reservedAt: new Date(NOW_MS).toISOString(),
        sale: { name: `Sale ${last}`, priceMinor: 100 + last, currency: "EUR" },
      },
    ]);
  });

  test("are nobody else's", async () => {
    const last = sales.length - 1;
    await reserveIn(last, { buyerId: aBuyer() });
    expect((await buyerOrders(stores, aBuyer(), null, NOW_MS)).orders).toEqual([]);
  });

  test("are refused as a whole when one sale's query fails, and every query is strongly consistent", async () => {
    const requests: unknown[] = [];
    let failsFrom = Infinity;
    const dynamo: Dynamo = {
      ...tables,
      query: (input) => {
        requests.push(input.ConsistentRead);
        if (requests.length > failsFrom) throw new Error("the ledger is silent");
        return tables.query(input);
      },
    };
    await buyerOrders(storesOver(dynamo), aBuyer(), null, NOW_MS);
    expect(requests).toEqual(Array.from({ length: SALES_A_PAGE + 1 }, () => true));
    requests.length = 0;
    failsFrom = SALES_A_PAGE;
    await expect(buyerOrders(storesOver(dynamo), aBuyer(), null, NOW_MS)).rejects.toThrow(
      "the ledger is silent",
    );
  });
});
