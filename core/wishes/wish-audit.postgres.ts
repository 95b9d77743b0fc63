import { type Kysely, sql } from "kysely";
import * as v from "valibot";
import type { OrderId, SaleId } from "../ids.ts";
import type { Actor } from "../identity/actor.ts";
import type { Database } from "../postgres/database.ts";

const common = { wishId: v.string(), orderId: v.string(), reason: v.string() };

/** A wish as the audit log bears it: for units, for money, or about a refund that failed. */
const wishedFor = v.union([
  v.object({ ...common, units: v.number(), isWithheld: v.boolean() }),
  v.object({ ...common, amountMinor: v.number() }),
  v.object({ ...common, refundId: v.string(), how: v.picklist(["again", "otherwise"]) }),
]);
export type WishedFor = {
  readonly wishId: string;
  readonly orderId: string;
  readonly reason: string;
  readonly units?: number;
  readonly isWithheld?: boolean;
  readonly amountMinor?: number;
  readonly refundId?: string;
  readonly how?: "again" | "otherwise";
};

export const wishActions = ["cancel_wished", "refund_wished"] as const;

/**
 * Writes into the audit log who wishes what, once: before the wish goes anywhere.
 *
 * @returns what is wished for under this id; something else than was given if the id was used before.
 */
export async function recordWish(
  db: Kysely<Database>,
  saleId: SaleId,
  actor: Actor,
  action: (typeof wishActions)[number],
  wish: WishedFor,
): Promise<WishedFor> {
  await db
    .insertInto("audit_log")
    .values({
      sale_id: saleId,
      actor_id: actor.buyerId,
      actor_role: actor.role,
      action,
      before: "{}",
      after: JSON.stringify(wish),
      request_id: actor.requestId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom("audit_log")
    .select("after")
    .where("action", "=", action)
    .where(sql`after ->> 'wishId'`, "=", wish.wishId)
    .executeTakeFirstOrThrow();
  return v.parse(wishedFor, row.after);
}

/** All that staff wished for of an order, oldest first. */
export async function wishesOf(db: Kysely<Database>, orderId: OrderId) {
  const of = (action: (typeof wishActions)[number]) =>
    db
      .selectFrom("audit_log")
      .select(["id", "after", "actor_id", "made_at"])
      .where("action", "=", action)
      .where(sql`after ->> 'orderId'`, "=", orderId)
      .execute();
  const rows = (await Promise.all(wishActions.map(of))).flat();
  return rows
    .toSorted((a, b) => Number(a.id) - Number(b.id))
    .map((row) => ({
      ...(v.parse(wishedFor, row.after) as WishedFor),
      // Wishes are made by people who are signed in, never by a command.
      actorId: row.actor_id!,
      at: row.made_at.toISOString(),
    }));
}
