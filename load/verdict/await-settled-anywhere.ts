import { setTimeout as sleep } from "node:timers/promises";
import type { SaleId } from "../../core/ids.ts";
import type { LoadCloud } from "../load-cloud.ts";
import { awaitSettled } from "./await-settled.ts";
import type { Facts } from "./facts.ts";

const LIMIT_MS = 120_000;
const LOOK_AGAIN_MS = 1_000;

/**
 * Waits until a sale is settled, as awaitSettled does, in a cloud that may crash and start again elsewhere meanwhile.
 *
 * @throws what the stores' clients say, once nothing has answered for two minutes.
 */
export async function awaitSettledAnywhere(
  cloud: Pick<LoadCloud, "addresses">,
  saleId: SaleId,
  limitMs = LIMIT_MS,
): Promise<Facts> {
  const endsAtMs = performance.now() + limitMs;
  for (;;) {
    try {
      return await awaitSettled(cloud.addresses(), saleId);
    } catch (error) {
      if (performance.now() > endsAtMs) throw error;
      await sleep(LOOK_AGAIN_MS);
    }
  }
}
