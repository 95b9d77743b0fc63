import type { Kysely } from "kysely";
import type { FoundOrder, OrderPage, OrdersQuery } from "../contract/admin-orders.ts";
import { csv } from "../csv.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import { searchOrders } from "../orders/search-orders.postgres.ts";
import type { Database } from "../postgres/database.ts";
import { findHolds, type HoldsDependencies } from "./find-holds.ts";
import type { Sale } from "../sale/sale.ts";

export type FindOrdersDependencies = {
  readonly db: Kysely<Database>;
  readonly addresses: Addresses;
  /** Asked for only by who searches for holds. */
  readonly holds: () => Promise<HoldsDependencies>;
};

/**
 * A page of a sale's orders as the merchant needs them: who bought, what it costs. A search for a mail address finds the
 * orders of the buyer who signed in with it.
 *
 * @param maySeeAddresses false: no address is read, and a search for one finds nothing.
 * @returns null: which holds there are only the gate knows, and it cannot be trusted at present.
 */
export async function findOrders(
  { db, addresses, holds }: FindOrdersDependencies,
  sale: Sale,
  query: OrdersQuery,
  maySeeAddresses: boolean,
): Promise<OrderPage | null> {
  const search = await searchedId(addresses, query.search, maySeeAddresses);
  if (search === null) return { orders: [], next: null };
  const { state, after, limit } = query;
  const page =
    state === "held"
      ? await findHolds(await holds(), sale.saleId, { search, after, limit })
      : await searchOrders(db, sale.saleId, { search, state, after, limit });
  if (page === null) return null;
  const { orders, next } = page;
  const emails = maySeeAddresses ? await addresses.of(orders.map((order) => order.buyerId)) : new Map();
  const { priceMinor, currency } = sale;
  const found = orders.map((order) => ({
    ...order,
    buyerEmail: emails.get(order.buyerId) ?? null,
    priceMinor,
    currency,
    totalMinor: order.unitsLeft * priceMinor,
  }));
  return { orders: found, next };
}

/** What rows are searched for: a mail address stands for its buyer's id. Null: there can be none. */
async function searchedId(addresses: Addresses, search: string, maySee: boolean): Promise<string | null> {
  if (!search.includes("@")) return search;
  return maySee ? addresses.buyerOf(search) : null;
}

const columns = {
  orderId: "order_id",
  buyerId: "buyer_id",
  quantity: "quantity",
  unitsLeft: "units_left",
  unitsWithheld: "units_withheld",
  place: "place",
  state: "state",
  reason: "reason",
  reservedAt: "reserved_at",
  recordedAt: "recorded_at",
  expiresAt: "expires_at",
  requestId: "request_id",
  traceId: "trace_id",
  buyerEmail: "buyer_email",
  priceMinor: "price_minor",
  currency: "currency",
  totalMinor: "total_minor",
  capturedMinor: "captured_minor",
  refundedMinor: "refunded_minor",
} as const satisfies Record<keyof FoundOrder, string>;

/** A page as CSV; the first one has the names of its columns. Prices are in the currency's smallest unit. */
export const ordersCsv = (orders: readonly FoundOrder[], isFirstPage: boolean): string =>
  csv([
    ...(isFirstPage ? [Object.values(columns)] : []),
    ...orders.map((order) => (Object.keys(columns) as (keyof FoundOrder)[]).map((name) => order[name])),
  ]);
