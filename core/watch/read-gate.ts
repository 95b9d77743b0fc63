import type { Gate } from "../gate/gate.redis.ts";
import type { SaleId } from "../ids.ts";
import { log } from "../log.ts";
import type { GateReading } from "./sale-view.ts";

/** A gate's view for display: null where it does not answer, so that a page says "checking" and never fails. */
export async function readGate(gate: Gate, saleId: SaleId): Promise<GateReading> {
  try {
    return await gate.inspect(saleId);
  } catch (error) {
    log.warn("the gate did not answer", { saleId, error });
    return null;
  }
}
