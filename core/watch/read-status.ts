import type { Clock } from "../clock.ts";
import type { SaleStatus } from "../contract/sale.ts";
import type { SaleId } from "../ids.ts";
import { log } from "../log.ts";
import { readGate } from "./read-gate.ts";
import type { ListDependencies } from "./sale-lists.ts";
import { saleStatus } from "./sale-view.ts";

export type StatusDependencies = ListDependencies & {
  /** Entries in the lists of a line that are not over; null: not counted yet. */
  readonly entriesOf: (saleId: SaleId) => Promise<number | null>;
};

/** A sale's status for whoever asks; null: there is no such sale. @throws when the ledger does not answer. */
export async function readStatus(
  { saleRecords, gate, entriesOf }: StatusDependencies,
  saleId: SaleId,
  clock: Clock,
): Promise<SaleStatus | null> {
  const [sale, reading] = await Promise.all([saleRecords.get(saleId), readGate(gate, saleId)]);
  if (!sale) return null;
  const entries = sale.mode.kind === "open" ? null : await entriesOf(saleId).catch(notCounted);
  return saleStatus(sale, reading, clock.nowMs(), entries);
}

/** Without them a page only looks more slowly. */
function notCounted(error: unknown): null {
  log.warn("the entries of a line are not known", { error });
  return null;
}
