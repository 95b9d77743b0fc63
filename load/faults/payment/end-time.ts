import { gateKeys } from "../../../core/gate/keys.ts";
import type { SaleId } from "../../../core/ids.ts";
import type { FaultCloud } from "../fault-cloud.ts";

/**
 * Has the time of every hold of a sale be over, by the gate's list, which is what the guardian goes by: nobody here waits for
 * the minute that is the shortest time of a hold. A gate that is lost has no list.
 */
export async function endTime(cloud: FaultCloud, saleId: SaleId): Promise<void> {
  const { client } = cloud.redis.node();
  const { holds } = gateKeys(saleId);
  for (const member of await client.zrange(holds, "0", "-1")) await client.zadd(holds, "XX", "1", member);
}
