import type { Sale } from "../sale/sale.ts";
import { beginFirstEpoch, findSale } from "../sale/sales.postgres.ts";
import type { AdministrationDependencies } from "./administration-dependencies.ts";

/**
 * Records that the sale lives, then loads its gate. A crash between the two leaves a sale whose gate is lost: it says
 * so, and the guardian rebuilds it, from nothing sold.
 */
export async function openFirstEpoch(deps: AdministrationDependencies, sale: Sale): Promise<Sale> {
  const opened = sale.epoch > 0 ? null : await beginFirstEpoch(deps.db, sale.saleId);
  if (!opened) {
    await deps.records.put(sale);
    return sale;
  }
  await loadFirstGate(deps, opened);
  return opened;
}

/** For whoever moved the sale's epoch to 1, and for nobody else: see docs/decisions/0004-loading-a-gate.md. */
export async function loadFirstGate(deps: AdministrationDependencies, opened: Sale): Promise<void> {
  await deps.records.put(opened);
  await deps.gate.load(opened, async () => (await findSale(deps.db, opened.saleId))?.closedAtMs === null);
  // A change that came before the gate was loaded found no gate.
  const present = await findSale(deps.db, opened.saleId);
  if (present && present.revision !== opened.revision) await deps.gate.configure(present, "committed");
}
