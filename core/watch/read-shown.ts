import type { SaleId } from "../ids.ts";
import type { Sale } from "../sale/sale.ts";
import { readGate } from "./read-gate.ts";
import type { ListDependencies } from "./sale-lists.ts";
import type { GateReading } from "./sale-view.ts";

/** A sale, and what its gate said at the same time. */
export type ShownSale = { readonly sale: Sale; readonly gate: GateReading };

/** Reads what a sale is shown by. Null: there is no such sale. @throws when the ledger does not answer. */
export async function readShown(
  { saleRecords, gate }: ListDependencies,
  saleId: SaleId,
): Promise<ShownSale | null> {
  const [sale, reading] = await Promise.all([saleRecords.get(saleId), readGate(gate, saleId)]);
  return sale && { sale, gate: reading };
}
