import { type Kysely, sql } from "kysely";
import * as v from "valibot";
import type { OrderId, SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { Actor } from "../identity/actor.ts";

/** A wish as the audit log bears it. */
const wishedFor = v.object({
  wishId: v.string(),
  orderId: v.string(),
  units: v.number(),
  isWithheld: v.boolean(),
  reason: v.string(),
});
export type WishedFor = v.InferOutput<typeof wishedFor>;

/**
 * Writes into the audit log who wishes what, once: before the wish goes anywhere.
 *
 * @returns what is wished for under this id; something else than was given if the id was used before.
 */
export async function recordWish(
  db: Kysely<Database>,
  saleId: SaleId,
  actor: Actor,
  wish: WishedFor,
): Promise<WishedFor> {
  await db
    .insertInto("audit_log")
    .values({
      sale_id: saleId,
      actor_id: actor.buyerId,
      actor_role: actor.role,
      action: "cancel_wished",
      before: "{}",
      after: JSON.stringify(wish),
      request_id: actor.requestId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom("audit_log")
    .select("after")
    .where("action", "=", "cancel_wished")
    .where(sql`after ->> 'wishId'`, "=", wish.wishId)
    .executeTakeFirstOrThrow();
  return v.parse(wishedFor, row.after);
}

/** All that was wished for of an order, oldest first. */
export async function wishesOf(db: Kysely<Database>, orderId: OrderId) {
  const rows = await db
    .selectFrom("audit_log")
    .select(["after", "actor_id", "made_at"])
    .where("action", "=", "cancel_wished")
    .where(sql`after ->> 'orderId'`, "=", orderId)
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    ...v.parse(wishedFor, row.after),
    // Wishes are made by people who are signed in, never by a command.
    actorId: row.actor_id!,
    at: row.made_at.toISOString(),
  }));
}
