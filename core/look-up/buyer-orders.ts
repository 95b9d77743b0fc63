import type { BuyerOrder, BuyerOrderPage } from "../contract/order.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { Sale } from "../sale/sale.ts";
import { type LookUpStores, shownOrder } from "./shown-order.ts";
import { soldAs } from "./sold-as.ts";
import { withdrawalOf } from "./withdrawal-of.ts";

/** Each sale is a query of its own, all at once: two rounds of the client's time limit stay below the function's. */
export const SALES_A_PAGE = 25;

/**
 * All orders of a buyer in the next `SALES_A_PAGE` sales before `after` (null: from the newest), newest first.
 *
 * Strongly consistent, so that an order which was accepted a moment ago is never missing; see docs/decisions/0015.
 *
 * @throws when any of the queries is not answered in time: a page is whole or it is none.
 */
export async function buyerOrders(
  stores: LookUpStores,
  buyerId: BuyerId,
  after: SaleId | null,
  nowMs: number,
): Promise<BuyerOrderPage> {
  const { sales, next } = await stores.saleRecords.page(after, SALES_A_PAGE);
  const ordersBySale = await Promise.all(sales.map((sale) => ordersIn(stores, sale, buyerId, nowMs)));
  return { orders: ordersBySale.flat().toSorted(byNewest), next };
}

async function ordersIn(
  stores: LookUpStores,
  sale: Sale,
  buyerId: BuyerId,
  nowMs: number,
): Promise<BuyerOrder[]> {
  const entries = await stores.ledger.ofBuyer(sale.saleId, buyerId);
  const orders = await Promise.all(entries.map((entry) => shownOrder(stores, entry)));
  return orders.map((order) => ({
    ...order,
    sale: soldAs(sale, order),
    withdrawal: withdrawalOf(sale, order, nowMs),
  }));
}

/** Those of one millisecond by their ids, so that the order is the same each time. */
const byNewest = (a: BuyerOrder, b: BuyerOrder): number =>
  b.reservedAt.localeCompare(a.reservedAt) || b.orderId.localeCompare(a.orderId);
