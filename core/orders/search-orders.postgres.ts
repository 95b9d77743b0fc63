import { type Kysely, sql } from "kysely";
import type { OrderPage, OrderRow, OrdersQuery } from "../contract/admin-orders.ts";
import { csv } from "../csv.ts";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { orderRowOf } from "./order-row.postgres.ts";

/** What a search looks into: order, buyer, and the two names of the request. */
const SEARCHED = ["id", "buyer_id", "request_id", "trace_id"] as const;

/** A page of a sale's order rows, in the order of their ids. */
export async function searchOrders(
  db: Kysely<Database>,
  saleId: SaleId,
  { search, state, after, limit }: Pick<OrdersQuery, "search" | "state" | "after" | "limit">,
): Promise<OrderPage> {
  let query = db
    .selectFrom("orders")
    .selectAll()
    .where("sale_id", "=", saleId)
    .orderBy("id")
    .limit(limit + 1);
  if (after !== undefined) query = query.where("id", ">", after);
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

const columns = [
  "orderId",
  "buyerId",
  "quantity",
  "unitsLeft",
  "unitsWithheld",
  "place",
  "state",
  "reason",
  "reservedAt",
  "recordedAt",
  "requestId",
  "traceId",
] as const satisfies (keyof OrderRow)[];

/** Orders as CSV; the header only above the first page, so that pages one after another make one file. */
export const ordersCsv = (orders: readonly OrderRow[], isFirstPage: boolean): string =>
  csv([
    ...(isFirstPage
      ? [
          [
            "order_id",
            "buyer_id",
            "quantity",
            "units_left",
            "units_withheld",
            "place",
            "state",
            "reason",
            "reserved_at",
            "recorded_at",
            "request_id",
            "trace_id",
          ],
        ]
      : []),
    ...orders.map((order) => columns.map((column) => order[column])),
  ]);
