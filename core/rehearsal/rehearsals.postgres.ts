import { type Kysely, type Selectable, sql } from "kysely";
import type {
  Rehearsal,
  RehearsalState,
  RehearsalVerdict,
  StartRehearsalRequest,
} from "../contract/rehearsal.ts";
import type { BuyerId, RehearsalId, SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { RehearsalsTable } from "../postgres/tables/operations.ts";

const SHOWN = 20;

type Db = Kysely<Database>;

export type NewRehearsal = StartRehearsalRequest & {
  readonly rehearsalId: RehearsalId;
  readonly creationKey: string;
  readonly creationHash: string;
  readonly startedBy: BuyerId;
};

/** Records a rehearsal, or finds the one of the same request. Null: the key was used for another request. */
export async function insertRehearsal(db: Db, rehearsal: NewRehearsal): Promise<Rehearsal | null> {
  const { rehearsalId, creationKey, creationHash, startedBy, buyers, units, fault, mode, payment } =
    rehearsal;
  await db
    .insertInto("rehearsals")
    .values({
      id: rehearsalId,
      creation_key: creationKey,
      creation_hash: creationHash,
      started_by: startedBy,
      buyers,
      units,
      fault,
      mode,
      payment,
    })
    .onConflict((conflict) => conflict.column("creation_key").doNothing())
    .execute();
  const row = await db
    .selectFrom("rehearsals")
    .selectAll()
    .where("creation_key", "=", creationKey)
    .executeTakeFirstOrThrow();
  return row.creation_hash === creationHash ? rehearsalOf(row) : null;
}

/** Under which key its sale is made: by it the sale is found, should nobody have come to name it. */
export const saleKeyOf = (id: RehearsalId): string => `rehearsal:${id}`;

/** Names a sale that was made for a rehearsal by somebody who died before they named it. */
export async function nameLostSale(db: Db, id: RehearsalId): Promise<void> {
  await db
    .updateTable("rehearsals")
    .set((eb) => ({
      sale_id: eb.selectFrom("sales").select("sales.id").where("creation_key", "=", saleKeyOf(id)),
    }))
    .where("id", "=", id)
    .where("sale_id", "is", null)
    .execute();
}

/** Which sale it has; said before anything is sold in it. */
export async function nameSale(db: Db, id: RehearsalId, saleId: SaleId): Promise<void> {
  await db.updateTable("rehearsals").set({ sale_id: saleId }).where("id", "=", id).execute();
}

export async function findRehearsal(db: Db, id: RehearsalId): Promise<Rehearsal | null> {
  const row = await db.selectFrom("rehearsals").selectAll().where("id", "=", id).executeTakeFirst();
  return row ? rehearsalOf(row) : null;
}

/** The last ones, newest first. */
export async function lastRehearsals(db: Db): Promise<Rehearsal[]> {
  const rows = await db
    .selectFrom("rehearsals")
    .selectAll()
    .orderBy("started_at", "desc")
    .orderBy("id", "desc")
    .limit(SHOWN)
    .execute();
  return rows.map(rehearsalOf);
}

/** Moves a rehearsal on, unless it has left the state already. @returns whether this call did. */
export async function moveOn(
  db: Db,
  id: RehearsalId,
  from: readonly RehearsalState[],
  to: RehearsalState,
  verdict?: RehearsalVerdict,
): Promise<boolean> {
  const row = await db
    .updateTable("rehearsals")
    .set({
      state: to,
      ...(verdict && { verdict: JSON.stringify(verdict) }),
      ...(to === "selling" && { begun_at: sql<Date>`now()` }),
      ...(to === "done" && { done_at: sql<Date>`now()` }),
    })
    .where("id", "=", id)
    .where("state", "in", from)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether its crowd came so lately that it may still be there, by PostgreSQL's clock. */
export async function isCrowdThere(db: Db, id: RehearsalId, longestMs: number): Promise<boolean> {
  const row = await db
    .selectFrom("rehearsals")
    .select("id")
    .where("id", "=", id)
    .where("state", "=", "selling")
    .where("begun_at", ">", sql<Date>`now() - ${longestMs} * interval '1 millisecond'`)
    .executeTakeFirst();
  return row !== undefined;
}

/** Removes every row of a rehearsal's sale. @returns how many there were. */
export async function purgeRows(db: Db, id: RehearsalId): Promise<number> {
  const { rows } = await sql<{ removed: number }>`select purge_rehearsal(${id}) as removed`.execute(db);
  return rows[0]?.removed ?? 0;
}

/**
 * Rehearsals that nobody sees to any more: their crowd never came, or its time limit is over, and something of them is left. The oldest
 * first.
 */
export async function leftRehearsals(db: Db, longestMs: number, most: number): Promise<RehearsalId[]> {
  const rows = await db
    .selectFrom("rehearsals")
    .select("id")
    .where("state", "<>", "done")
    .where(
      ({ fn }) => fn.coalesce("begun_at", "started_at"),
      "<",
      sql<Date>`now() - ${longestMs} * interval '1 millisecond'`,
    )
    .orderBy("started_at")
    .limit(most)
    .execute();
  return rows.map(({ id }) => id);
}

/** How often a sale was paused, and how often resumed, by the audit log. */
export async function countPauses(db: Db, saleId: SaleId): Promise<{ paused: number; resumed: number }> {
  const rows = await db
    .selectFrom("audit_log")
    .select(["action", ({ fn }) => fn.countAll<string>().as("count")])
    .where("sale_id", "=", saleId)
    .where("action", "in", ["paused", "resumed"])
    .groupBy("action")
    .execute();
  const countOf = (word: string) => Number(rows.find(({ action }) => action === word)?.count ?? 0);
  return { paused: countOf("paused"), resumed: countOf("resumed") };
}

export async function countRecoveries(db: Db, saleId: SaleId): Promise<number> {
  const { count } = await db
    .selectFrom("recoveries")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .where("sale_id", "=", saleId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

const rehearsalOf = (row: Selectable<RehearsalsTable>): Rehearsal => ({
  rehearsalId: row.id,
  saleId: row.sale_id,
  buyers: row.buyers,
  units: row.units,
  fault: row.fault,
  mode: row.mode,
  payment: row.payment,
  state: row.state,
  verdict: row.verdict,
  startedBy: row.started_by,
  startedAt: row.started_at.toISOString(),
  doneAt: row.done_at?.toISOString() ?? null,
});
