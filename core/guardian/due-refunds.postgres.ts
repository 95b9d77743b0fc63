import { type Kysely, sql } from "kysely";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";

export type OwingOrder = {
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  readonly requestId: string;
};

/** Orders of a sale whose money is to be given back, and was not for longer than this, by the database's clock; longest first. */
export const owingOrders = (
  db: Kysely<Database>,
  saleId: SaleId,
  longerThanMs: number,
  most: number,
): Promise<OwingOrder[]> =>
  db
    .selectFrom("refunds")
    .innerJoin("orders", "orders.id", "refunds.order_id")
    .select(["orders.id as orderId", "orders.buyer_id as buyerId", "orders.request_id as requestId"])
    .where("refunds.sale_id", "=", saleId)
    .where("refunds.state", "=", "due")
    .where("refunds.changed_at", "<", sql<Date>`now() - make_interval(secs => ${longerThanMs / 1000})`)
    .orderBy("refunds.changed_at")
    .limit(most)
    .execute();
