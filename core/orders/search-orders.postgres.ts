import { type Kysely, sql } from "kysely";
import type { OrderFilter, OrderRow, OrdersQuery } from "../contract/admin-orders.ts";
import type { OrderId, SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { orderRowOf } from "./order-row.postgres.ts";

/** What a search looks into: order, buyer, and the two names of the request. */
const SEARCHED = ["id", "buyer_id", "request_id", "trace_id"] as const;

/** Open holds have no row. */
type RowFilter = Exclude<OrderFilter, "held">;

/**
 * A page of a sale's order rows, in the order of their places; those of a later life of the gate come after those of an earlier
 * one, since each counts on from what it found.
 */
export async function searchOrders(
  db: Kysely<Database>,
  saleId: SaleId,
  {
    search,
    state,
    after,
    limit,
  }: Pick<OrdersQuery, "search" | "after" | "limit"> & { readonly state?: RowFilter | undefined },
): Promise<{ readonly orders: OrderRow[]; readonly next: OrderId | null }> {
  let query = db
    .selectFrom("orders")
    .selectAll()
    .where("sale_id", "=", saleId)
    .orderBy("place")
    .orderBy("id")
    .limit(limit + 1);
  if (after !== undefined)
    query = query.where(
      sql<boolean>`(place, id) > (select place, id from orders where id = ${after} and sale_id = ${saleId})`,
    );
  if (state === "partly_returned")
    query = query.where("state", "=", "confirmed").whereRef("units_left", "<", "quantity");
  else if (state !== undefined) query = query.where("state", "=", state);
  if (search !== "")
    query = query.where((eb) =>
      eb.or(SEARCHED.map((column) => sql<boolean>`starts_with(${sql.ref(column)}, ${search})`)),
    );
  const rows = await query.execute();
  const orders = rows.slice(0, limit).map(orderRowOf);
  return { orders, next: rows.length > limit ? (orders.at(-1)?.orderId ?? null) : null };
}
