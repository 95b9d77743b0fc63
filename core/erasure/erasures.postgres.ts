import type { Kysely, Selectable } from "kysely";
import type { Doer } from "../acts/act.ts";
import { recordAct } from "../acts/acts.postgres.ts";
import type { Erasure } from "../contract/buyer-data.ts";
import type { BuyerId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { ErasuresTable } from "../postgres/tables/operations.ts";
import type { Obstacle } from "./obstacle.ts";

const MOST_SHOWN = 100;
const MOST_DUE = 100;

export type ErasureRow = Selectable<ErasuresTable>;

/** Records that a deletion was asked for, and by whom; one that is under way already is that one. */
export async function askErasure(
  db: Kysely<Database>,
  buyerId: BuyerId,
  doer: Doer,
  nowMs: number,
): Promise<ErasureRow> {
  return db.transaction().execute(async (trx) => {
    const asked = await trx
      .insertInto("erasures")
      .values({ buyer_id: buyerId, next_look_at: new Date(nowMs) })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    const row =
      asked ??
      (await trx
        .selectFrom("erasures")
        .selectAll()
        .where("buyer_id", "=", buyerId)
        .orderBy("id", "desc")
        .limit(1)
        .executeTakeFirstOrThrow());
    // Whoever asks is written down, each time; the same request told again is one.
    await recordAct(trx, {
      actId: `erasure_${row.id}_asked_${doer.requestId}`,
      doer,
      action: "data_deletion_asked",
      before: {},
      after: { buyerId },
    });
    return row;
  });
}

/** Deletions that are to be taken up now, longest due first. */
export const dueErasures = (db: Kysely<Database>, nowMs: number): Promise<ErasureRow[]> =>
  db
    .selectFrom("erasures")
    .selectAll()
    .where("state", "<>", "done")
    .where("next_look_at", "<=", new Date(nowMs))
    .orderBy("next_look_at")
    .limit(MOST_DUE)
    .execute();

/** Something stands in the way; it is looked at again. */
export async function postpone(
  db: Kysely<Database>,
  { id }: ErasureRow,
  obstacle: Obstacle,
  nextLookMs: number,
): Promise<void> {
  await db
    .updateTable("erasures")
    .set({
      state: "postponed",
      obstacle: obstacle.kind,
      obstacle_sale_id: obstacle.saleId,
      next_look_at: new Date(nextLookMs),
    })
    .where("id", "=", id)
    .where("state", "<>", "done")
    .execute();
}

/** Nothing is left that leads to the person: recorded with the act, without an address. */
export async function finish(
  db: Kysely<Database>,
  { id, buyer_id }: ErasureRow,
  nowMs: number,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const done = await trx
      .updateTable("erasures")
      .set((eb) => ({
        state: "done",
        obstacle: null,
        obstacle_sale_id: null,
        erased_at: eb.fn.coalesce("erased_at", eb.val(new Date(nowMs))),
        done_at: new Date(nowMs),
      }))
      .where("id", "=", id)
      .where("state", "<>", "done")
      .returning("id")
      .executeTakeFirst();
    if (!done) return;
    await recordAct(trx, {
      actId: `erasure_${id}_done`,
      doer: { name: "the deletions' schedule", requestId: `erasure ${id}` },
      action: "data_deleted",
      before: {},
      after: { buyerId: buyer_id },
    });
  });
}

export const findErasure = (db: Kysely<Database>, id: string): Promise<ErasureRow> =>
  db.selectFrom("erasures").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

/** The last hundred, newest first. */
export const lastErasures = (db: Kysely<Database>): Promise<ErasureRow[]> =>
  db.selectFrom("erasures").selectAll().orderBy("id", "desc").limit(MOST_SHOWN).execute();

/** A deletion as operators see it. */
export const erasureView = (row: ErasureRow): Erasure => ({
  buyerId: row.buyer_id,
  state: row.state,
  obstacle: row.obstacle === null ? null : { kind: row.obstacle, saleId: row.obstacle_sale_id },
  askedAt: row.asked_at.toISOString(),
  erasedAt: row.erased_at?.toISOString() ?? null,
});
