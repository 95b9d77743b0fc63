import { guardDependencies } from "../../core/clients/guard-dependencies.ts";
import { createGuard, type GuardDependencies } from "../../core/guardian/guard-sale.ts";
import { guardedSales } from "../../core/guardian/guarded-sales.postgres.ts";
import type { SaleId } from "../../core/ids.ts";

/** What a guardian of the cloud in this process works with. */
export const guardianDependencies = guardDependencies;

/** One look of a guardian that has never seen the sale before. */
export async function lookAfter(deps: GuardDependencies, saleId: SaleId): Promise<void> {
  const sale = (await guardedSales(deps.db, [saleId]))[0];
  if (!sale) throw new Error("nobody guards the sale");
  await createGuard(deps)(sale);
}
