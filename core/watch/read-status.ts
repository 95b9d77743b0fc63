import type { Clock } from "../clock.ts";
import type { SaleStatus } from "../contract/sale.ts";
import type { SaleId } from "../ids.ts";
import { log } from "../log.ts";
import { readShown } from "./read-shown.ts";
import type { ListDependencies } from "./sale-lists.ts";
import { saleStatus } from "./sale-view.ts";

export type StatusDependencies = ListDependencies & {
  /** Entries in the lists of a line that are not over; null: not counted yet. */
  readonly entriesOf: (saleId: SaleId) => Promise<number | null>;
};

/** A sale's status for whoever asks; null: there is no such sale. @throws when the ledger does not answer. */
export async function readStatus(
  deps: StatusDependencies,
  saleId: SaleId,
  clock: Clock,
): Promise<SaleStatus | null> {
  const shown = await readShown(deps, saleId);
  if (!shown) return null;
  const { sale, gate } = shown;
  const entries = sale.mode.kind === "open" ? null : await deps.entriesOf(saleId).catch(notCounted);
  return saleStatus(sale, gate, clock.nowMs(), entries);
}

/** Without them a page only looks more slowly. */
function notCounted(error: unknown): null {
  log.warn("the entries of a line are not known", { error });
  return null;
}
