import type { Kysely, Selectable, Transaction } from "kysely";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { SalesTable } from "../postgres/tables/sales.ts";
import type { Picture } from "../picture/picture.ts";
import type { SaleArchive } from "./archive.ts";
import type { PastFace } from "./face.ts";
import type { Sale } from "./sale.ts";

type Connection = Kysely<Database> | Transaction<Database>;

export type Creation = {
  /** Who asked, and their Idempotency-Key: repeating it finds the same sale. */
  readonly creationKey: string;
  /** Of what they asked for. */
  readonly creationHash: string;
};

const columns = (sale: Sale) => ({
  name: sale.name,
  description: sale.description,
  translations: JSON.stringify(sale.translations),
  price_minor: sale.priceMinor,
  currency: sale.currency,
  allocated: sale.allocated,
  purchase_limit: sale.purchaseLimit,
  attempt_limit: sale.attemptLimit,
  mode: JSON.stringify(sale.mode),
  payment: JSON.stringify(sale.payment),
  withdrawal: JSON.stringify(sale.withdrawal),
  guests: JSON.stringify(sale.guests),
  guest_list: sale.guestList.id,
  guest_edition: sale.guestList.edition,
  guest_changes: sale.guestList.changes ?? 0,
  starts_at: new Date(sale.startsAtMs),
  ends_at: sale.endsAtMs === null ? null : new Date(sale.endsAtMs),
  picture_id: sale.picture?.id ?? null,
  picture_alt: sale.picture?.alt ?? null,
  picture_format: sale.picture?.format ?? null,
  state: sale.state,
  visibility: sale.visibility,
  revision: sale.revision,
  epoch: sale.epoch,
  closed_at: sale.closedAtMs === null ? null : new Date(sale.closedAtMs),
  faces: JSON.stringify(sale.faces),
  archive: sale.archive && JSON.stringify(sale.archive),
  // Of an open sale they are there, or a recovery makes them.
  ...(sale.closedAtMs === null && { keys_gone_at: null }),
});

type PictureColumns = Pick<Selectable<SalesTable>, "picture_id" | "picture_alt" | "picture_format">;

const pictureOf = ({ picture_id, picture_alt, picture_format }: PictureColumns): Picture | null =>
  picture_id !== null && picture_alt !== null && picture_format !== null
    ? { id: picture_id, alt: picture_alt, format: picture_format }
    : null;

/** Faces from before there were translations have none. */
type StoredFace = Omit<PastFace, "translations"> & Partial<Pick<PastFace, "translations">>;

export const saleOf = (row: Selectable<SalesTable>): Sale => ({
  saleId: row.id,
  name: row.name,
  description: row.description,
  translations: row.translations,
  priceMinor: row.price_minor,
  currency: row.currency,
  allocated: row.allocated,
  purchaseLimit: row.purchase_limit,
  attemptLimit: row.attempt_limit,
  mode: row.mode,
  payment: row.payment,
  withdrawal: row.withdrawal,
  guests: row.guests,
  guestList: { id: row.guest_list, edition: row.guest_edition, changes: row.guest_changes },
  startsAtMs: row.starts_at.getTime(),
  endsAtMs: row.ends_at?.getTime() ?? null,
  picture: pictureOf(row),
  faces: (row.faces as StoredFace[]).map((face) => ({ translations: {}, ...face })),
  state: row.state,
  visibility: row.visibility,
  revision: row.revision,
  epoch: row.epoch,
  closedAtMs: row.closed_at?.getTime() ?? null,
  // Code from before sales were archived opens one again and leaves this.
  archive: row.closed_at === null ? null : (row.archive as SaleArchive | null),
});

/** Inserts a sale, or finds the one that the same request made before; null if that request asked for something else. */
export async function insertSale(db: Connection, sale: Sale, creation: Creation): Promise<Sale | null> {
  await db
    .insertInto("sales")
    .values({
      id: sale.saleId,
      ...columns(sale),
      revision_given: sale.revision,
      creation_key: creation.creationKey,
      creation_hash: creation.creationHash,
    })
    .onConflict((conflict) => conflict.column("creation_key").doNothing())
    .execute();
  const row = await db
    .selectFrom("sales")
    .selectAll()
    .where("creation_key", "=", creation.creationKey)
    .executeTakeFirstOrThrow();
  return row.creation_hash === creation.creationHash ? saleOf(row) : null;
}

export async function findSale(db: Connection, saleId: SaleId): Promise<Sale | null> {
  const row = await db.selectFrom("sales").selectAll().where("id", "=", saleId).executeTakeFirst();
  return row ? saleOf(row) : null;
}

/** Takes the sale's row until the transaction ends: whoever changes a sale, or counts its orders, waits. */
export async function lockSale(trx: Transaction<Database>, saleId: SaleId): Promise<Sale | null> {
  const row = await trx
    .selectFrom("sales")
    .selectAll()
    .where("id", "=", saleId)
    .forUpdate()
    .executeTakeFirst();
  return row ? saleOf(row) : null;
}

/**
 * Gives revisions that were never given before, and never will be again, whether the change that takes them comes to
 * anything or not: the last of `count`, or null if there is no such sale. They are committed before any store hears of them.
 */
export async function giveRevision(db: Kysely<Database>, saleId: SaleId, count = 1): Promise<number | null> {
  const row = await db
    .updateTable("sales")
    .set((eb) => ({ revision_given: eb("revision_given", "+", count) }))
    .where("id", "=", saleId)
    .returning("revision_given")
    .executeTakeFirst();
  return row?.revision_given ?? null;
}

export async function storeSale(trx: Transaction<Database>, sale: Sale): Promise<void> {
  await trx.updateTable("sales").set(columns(sale)).where("id", "=", sale.saleId).execute();
}

/**
 * Has the guardian archive a closed sale once more, which writes its copy in the ledger: nobody else looks after it, should
 * whoever changed it not come to do so.
 */
export async function lookAgainAt(trx: Transaction<Database>, saleId: SaleId): Promise<void> {
  await trx.updateTable("sales").set({ keys_gone_at: null }).where("id", "=", saleId).execute();
}

/**
 * Records that the sale's gate is loaded from now on; null if it was recorded before. Whoever gets the sale, as it is by
 * now, loads it. The order matters: see docs/decisions/0004-loading-a-gate.md.
 */
export async function beginFirstEpoch(db: Connection, saleId: SaleId): Promise<Sale | null> {
  const row = await db
    .updateTable("sales")
    .set({ epoch: 1 })
    .where("id", "=", saleId)
    .where("epoch", "=", 0)
    .returningAll()
    .executeTakeFirst();
  return row ? saleOf(row) : null;
}

export type OrderNumbers = {
  readonly confirmed: number;
  readonly rejected: number;
  /** Those whose money was given back too among them. */
  readonly returned: number;
  readonly soldUnits: number;
};

/** What the orders table says of a sale, counted row by row. */
export async function countOrders(db: Connection, saleId: SaleId): Promise<OrderNumbers> {
  const rows = await db
    .selectFrom("orders")
    .select((eb) => [
      "state",
      eb.fn.countAll<string>().as("orders"),
      eb.fn.sum<string>("units_left").as("units"),
    ])
    .where("sale_id", "=", saleId)
    .groupBy("state")
    .execute();
  const of = (state: string) => rows.find((row) => row.state === state);
  return {
    confirmed: Number(of("confirmed")?.orders ?? 0),
    rejected: Number(of("rejected")?.orders ?? 0),
    returned: Number(of("returned")?.orders ?? 0) + Number(of("refunded")?.orders ?? 0),
    soldUnits: Number(of("confirmed")?.units ?? 0),
  };
}
