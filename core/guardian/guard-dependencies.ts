import { randomUUID } from "node:crypto";
import { systemClock } from "../clock.ts";
import { createGateRebuild } from "../gate/rebuild.redis.ts";
import { warn } from "../log.ts";
import { measure } from "../metrics.ts";
import { loadStoresConfig, storeClients } from "../store-clients.ts";
import type { GuardDependencies } from "./guard-sale.ts";

/** What guardian and operators' tools work with: every store. Each call is another candidate for the leases. */
export async function guardDependencies(): Promise<GuardDependencies> {
  const { leases, redis, ...stores } = await storeClients(loadStoresConfig());
  return {
    ...stores,
    rebuild: createGateRebuild(redis),
    leases: leases(randomUUID(), systemClock),
    clock: systemClock,
    measure,
    warn,
  };
}
