import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { recordAct } from "../acts/acts.postgres.ts";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";

type Db = Kysely<Database>;
/** Of whom the audit log says that they did it. */
const doer = { name: "the retention's schedule", requestId: "retention" };

/** Sales that closed so long ago, and of whose orders nothing has happened since; the oldest first. */
export async function salesToForget(db: Db, before: Date, most: number): Promise<SaleId[]> {
  const { rows } = await sql<{ id: SaleId }>`
    select id from sales s
    where closed_at < ${before} and orders_deleted_at is null
      and not exists (select from orders o where o.sale_id = s.id and o.created_at >= ${before})
      and not exists (
        select from orders o join order_events e on e.order_id = o.id
        where o.sale_id = s.id and e.created_at >= ${before}
      )
      and not exists (
        select from refunds r
        where r.sale_id = s.id and (r.changed_at >= ${before} or r.state in ('due', 'failed'))
      )
    order by closed_at, id limit ${most}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Whether the ledger names another sale by the same eight characters. */
export async function hasTwin(db: Db, saleId: SaleId): Promise<boolean> {
  const { rows } =
    await sql`select from sales where id <> ${saleId} and right(id, 8) = right(${saleId}, 8) limit 1`.execute(
      db,
    );
  return rows.length > 0;
}

/** Deletes so many of a sale's orders, with all that is about them, and says so in the audit log. @returns how many. */
export async function deleteOrders(db: Db, saleId: SaleId, before: Date, most: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ orders: number }>`
      select delete_old_orders(${saleId}, ${before}, ${most}) as orders`.execute(trx);
    const orders = rows[0]?.orders ?? 0;
    if (orders > 0)
      await recordAct(trx, {
        actId: `orders_deleted_${randomUUID()}`,
        doer,
        action: "orders_deleted",
        saleId,
        before: {},
        after: { orders, olderThan: before.toISOString() },
      });
    return orders;
  });
}

/** Nothing is left of a sale's orders: nobody looks at them again. */
export async function noteForgotten(db: Db, saleId: SaleId, nowMs: number): Promise<void> {
  await db
    .updateTable("sales")
    .set({ orders_deleted_at: new Date(nowMs) })
    .where("id", "=", saleId)
    .execute();
}
