import type { Gate } from "../gate/gate.redis.ts";
import type { SaleId } from "../ids.ts";
import { log } from "../log.ts";
import type { Sale } from "../sale/sale.ts";
import { wasPublished } from "../sale/visibility.ts";
import type { GateReading } from "./sale-view.ts";

/** The same of a sale that is known: one that was archived, or never published, has no gate to ask. */
export const readGateOf = async (gate: Gate, sale: Sale): Promise<GateReading> =>
  sale.archive === null && wasPublished(sale) ? readGate(gate, sale.saleId) : null;

/** A gate's view for display: null where it does not answer, so that a page says "checking" and never fails. */
export async function readGate(gate: Gate, saleId: SaleId): Promise<GateReading> {
  try {
    return await gate.inspect(saleId);
  } catch (error) {
    log.warn("the gate did not answer", { saleId, error });
    return null;
  }
}
