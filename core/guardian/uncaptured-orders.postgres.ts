import { type Kysely, sql } from "kysely";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";

export type UncapturedOrder = {
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  readonly requestId: string;
};

/** Orders of a sale that have waited for their money for longer than this, by the database's clock; for longest first. */
export const uncapturedOrders = (
  db: Kysely<Database>,
  saleId: SaleId,
  longerThanMs: number,
  most: number,
): Promise<UncapturedOrder[]> =>
  db
    .selectFrom("orders")
    .select(["id as orderId", "buyer_id as buyerId", "request_id as requestId"])
    .where("sale_id", "=", saleId)
    .where("state", "=", "placed")
    .where("created_at", "<", sql<Date>`now() - make_interval(secs => ${longerThanMs / 1000})`)
    .orderBy("created_at")
    .limit(most)
    .execute();
