import type { SaleId } from "../ids.ts";
import { type FactsDependencies, readFacts } from "./read-facts.ts";
import type { Facts } from "./facts.ts";
import { reconcile } from "./reconcile.ts";
import type { Report } from "./report.ts";
import type { Sale } from "../sale/sale.ts";
import { latestReport } from "./stored-report.postgres.ts";

export type Comparison = { readonly facts: Facts; readonly report: Report };

/**
 * The report of a sale on demand: its stores compared now; of one that was archived, which has no gate to compare with, the
 * report that it was closed on. Null as `compareStores`.
 */
export async function reportOf(
  deps: FactsDependencies,
  { saleId, archive }: Pick<Sale, "saleId" | "archive">,
): Promise<Report | null> {
  if (archive !== null) return latestReport(deps.db, saleId);
  return (await compareStores(deps, saleId))?.report ?? null;
}

/**
 * Reads one sale from every store and compares them. Where they disagree they are read once more: an order that moved
 * between two reads looks like a disagreement.
 *
 * @returns null while the gate is lost or recovering: there is nothing to compare with.
 */
export async function compareStores(deps: FactsDependencies, saleId: SaleId): Promise<Comparison | null> {
  const first = await compareOnce(deps, saleId);
  return first && first.report.driftUnits > 0 ? compareOnce(deps, saleId) : first;
}

async function compareOnce(deps: FactsDependencies, saleId: SaleId): Promise<Comparison | null> {
  const facts = await readFacts(deps, saleId);
  return facts && { facts, report: reconcile(facts) };
}
