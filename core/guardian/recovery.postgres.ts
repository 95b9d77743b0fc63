import type { Kysely } from "kysely";
import type { OrderId, SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { ReservationState } from "../reservation/lifecycle.ts";
import type { Sale } from "../sale/sale.ts";
import { lockSale } from "../sale/sales.postgres.ts";
import type { RecoveryReport } from "./recovery-report.ts";

/** Thrown when a later guardian has acted on the sale. */
export class Fenced extends Error {}

export type BegunEpoch = { readonly epoch: number; readonly servedEpoch: number };

/**
 * Begins a new epoch of a sale: from the moment this commits, the consumer writes no order of an older epoch without
 * asking the gate. @throws Fenced.
 */
export async function beginEpoch(db: Kysely<Database>, saleId: SaleId, fence: number): Promise<BegunEpoch> {
  const row = await db
    .updateTable("sales")
    .set((eb) => ({ epoch: eb("epoch", "+", 1), fence: String(fence) }))
    .where("id", "=", saleId)
    .where("fence", "<=", String(fence))
    .returning(["epoch", "served_epoch"])
    .executeTakeFirst();
  if (!row) throw new Fenced(`a later guardian than ${fence} has acted on ${saleId}`);
  return { epoch: row.epoch, servedEpoch: row.served_epoch };
}

/** Records that an epoch is about to be opened to buyers. @throws Fenced. */
export async function serveEpoch(
  db: Kysely<Database>,
  saleId: SaleId,
  epoch: number,
  fence: number,
): Promise<void> {
  const result = await db
    .updateTable("sales")
    .set({ served_epoch: epoch })
    .where("id", "=", saleId)
    .where("epoch", "=", epoch)
    .where("fence", "=", String(fence))
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) throw new Fenced(`epoch ${epoch} of ${saleId} is not ours to serve`);
}

/**
 * Opens a served epoch under the sale's row lock, with the settings that hold at that moment: no change can come between.
 * @throws Fenced, or what `open` throws.
 */
export async function openServed(
  db: Kysely<Database>,
  saleId: SaleId,
  epoch: number,
  fence: number,
  open: (settings: Sale) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const sale = await lockSale(trx, saleId);
    const row = await trx
      .selectFrom("sales")
      .select("fence")
      .where("id", "=", saleId)
      .executeTakeFirstOrThrow();
    if (sale?.epoch !== epoch || row.fence !== String(fence))
      throw new Fenced(`epoch ${epoch} of ${saleId} is not ours to open`);
    await open(sale);
  });
}

/** What PostgreSQL has decided of a sale's orders. */
export async function decidedOrders(
  db: Kysely<Database>,
  saleId: SaleId,
): Promise<ReadonlyMap<OrderId, ReservationState>> {
  const rows = await db
    .selectFrom("orders")
    .select(["id", "state", "rejected_reason", "units_left", "units_withheld", "event_number"])
    .where("sale_id", "=", saleId)
    .execute();
  return new Map(
    rows.map((row): [OrderId, ReservationState] => {
      const known = {
        number: row.event_number,
        unitsLeft: row.units_left,
        unitsWithheld: row.units_withheld,
        wishes: [],
      };
      return [
        row.id,
        row.rejected_reason === null
          ? { ...known, kind: row.state === "rejected" ? "returned" : row.state }
          : { ...known, kind: "rejected", reason: row.rejected_reason },
      ];
    }),
  );
}

/** Keeps what a recovery found and did. */
export async function recordRecovery(
  db: Kysely<Database>,
  recovery: {
    readonly saleId: SaleId;
    readonly epoch: number;
    readonly why: string;
    readonly startedAtMs: number;
    readonly finishedAtMs: number;
    readonly report: RecoveryReport;
  },
): Promise<void> {
  await db
    .insertInto("recoveries")
    .values({
      sale_id: recovery.saleId,
      epoch: recovery.epoch,
      why: recovery.why,
      started_at: new Date(recovery.startedAtMs),
      finished_at: new Date(recovery.finishedAtMs),
      report: JSON.stringify(recovery.report),
    })
    .execute();
}

/** The reports as `recordRecovery` wrote them. */
const recoveriesOf = (db: Kysely<Database>) =>
  db.selectFrom("recoveries").selectAll().$narrowType<{ report: RecoveryReport }>();

/** The last five recoveries of a sale that were finished, newest first. */
export const latestRecoveries = (db: Kysely<Database>, saleId: SaleId) =>
  recoveriesOf(db).where("sale_id", "=", saleId).orderBy("epoch", "desc").limit(5).execute();

/** The last recovery of a sale that was finished. */
export const latestRecovery = (db: Kysely<Database>, saleId: SaleId) =>
  recoveriesOf(db).where("sale_id", "=", saleId).orderBy("epoch", "desc").limit(1).executeTakeFirst();
