import { systemClock } from "../clock.ts";
import type { Gate } from "../gate/gate.redis.ts";
import type { SaleId } from "../ids.ts";
import { log } from "../log.ts";
import { type ChangeOutcome, changeSale, type SaleChange } from "../sale/change-sale.ts";
import { isSameFace } from "../sale/face.ts";
import type { Sale } from "../sale/sale.ts";
import { wasPublished } from "../sale/visibility.ts";

type Clocked = Pick<Gate, "inspect">;

/**
 * What a change makes of a sale. If it is shown as something else then, what it was shown as before is kept until now by the
 * gate's clock, which its orders bear.
 */
export async function changeByGateClock(
  gate: Clocked,
  sale: Sale,
  change: SaleChange,
  revision: number,
): Promise<ChangeOutcome> {
  const changed = changeSale(sale, change, revision, systemClock.nowMs());
  const isShownAnew = changed.kind === "changed" && wasPublished(sale) && !isSameFace(sale, changed.sale);
  return isShownAnew ? changeSale(sale, change, revision, await gateNowMs(gate, sale.saleId)) : changed;
}

/** By this machine's clock where the gate says nothing: nobody buys there then. */
async function gateNowMs(gate: Clocked, saleId: SaleId): Promise<number> {
  try {
    const view = await gate.inspect(saleId);
    if (view.kind === "found") return view.nowMs;
  } catch (error) {
    log.warn("the gate did not say what time it is", { saleId, error });
  }
  return systemClock.nowMs();
}
