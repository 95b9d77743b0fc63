import type { Kysely } from "kysely";
import { faultPoint } from "../fault-point.ts";
import type { GateView } from "../gate/gate-view.ts";
import type { Gate } from "../gate/gate.redis.ts";
import type { Database } from "../postgres/database.ts";
import type { SaleArchive } from "../sale/archive.ts";
import type { SaleRecords } from "../sale/sale-record.dynamo.ts";
import type { Sale } from "../sale/sale.ts";
import { type ClosedSale, recordArchive, recordKeysGone } from "./archive.postgres.ts";

export type ArchiveDependencies = {
  readonly db: Kysely<Database>;
  readonly gate: Gate;
  readonly saleRecords: SaleRecords;
};

/**
 * Removes a closed sale's gate from Redis: records what it says, then removes it if it says so still, then records that it
 * is gone. Cut off anywhere, it is done again.
 *
 * Its report was stored when it was closed; ledger and order rows stay. A change that opens the sale again is a newer
 * revision: if the gate has it, nothing is removed; if it comes later, it finds a lost gate, which the guardian rebuilds
 * before anything is sold. While the gate stands it says that the sale is over, so nobody buys in between.
 *
 * @returns "changed" if the sale goes on, or something moved; a sale that is still closed is archived at the next try.
 */
export async function archiveSale(
  deps: ArchiveDependencies,
  sale: ClosedSale,
): Promise<"archived" | "changed"> {
  const view = await deps.gate.inspect(sale.saleId);
  const found = view.kind === "found" ? view : null;
  if (found && (found.isRecovering || found.outboxLength > 0)) return "changed";
  const recorded = await record(deps, sale, found);
  if (!recorded) return "changed";
  await deps.saleRecords.putPast(recorded);
  await faultPoint("archive_after_record");
  const { stock, places } = found ?? { stock: recorded.archive!.stock, places: 0 };
  const { sold, withheld } = stock;
  const reply = await deps.gate.archive(sale.saleId, { revision: recorded.revision, sold, withheld, places });
  if (reply === "changed") return reply;
  await faultPoint("archive_after_removal");
  await recordKeysGone(deps.db, recorded);
  return "archived";
}

/** The sale with its archive; null if it was changed since it was read. */
async function record(
  { db }: ArchiveDependencies,
  sale: ClosedSale,
  gate: GateView | null,
): Promise<Sale | null> {
  const archive = gate ? archiveOf(gate) : (sale.archive ?? archiveWithoutGate(sale));
  const isRecorded = sale.archive !== null && sameStock(sale.archive, archive);
  const { sold: _, withheld: __, ...present } = sale;
  return isRecorded ? present : recordArchive(db, present, archive);
}

const archiveOf = ({ stock, attempts }: GateView): SaleArchive => ({ stock, attempts });

/** The gate was lost after the sale was closed: PostgreSQL has the last word on its units. */
const archiveWithoutGate = ({ allocated, sold, withheld }: ClosedSale): SaleArchive => ({
  stock: { allocated, available: allocated - sold - withheld, held: 0, sold, withheld },
  attempts: null,
});

const sameStock = ({ stock: a }: SaleArchive, { stock: b }: SaleArchive) =>
  a.allocated === b.allocated &&
  a.available === b.available &&
  a.sold === b.sold &&
  a.withheld === b.withheld;
