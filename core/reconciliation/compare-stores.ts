import type { SaleId } from "../ids.ts";
import { type FactsDependencies, readFacts } from "./read-facts.ts";
import { type Facts, reconcile, type Report } from "./reconcile.ts";

export type Comparison = { readonly facts: Facts; readonly report: Report };

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
