import { randomUUID } from "node:crypto";
import { systemClock } from "../clock.ts";
import { createGatePulses } from "../gate/pulses.redis.ts";
import { createGateRebuild } from "../gate/rebuild.redis.ts";
import { warn } from "../log.ts";
import { measure } from "../metrics.ts";
import { loadStoresConfig, storeClients } from "../store-clients.ts";
import type { GuardDependencies } from "./guard-sale.ts";

/** What guardian and operators' tools work with: every store. Each call is another candidate for the lease. */
export async function guardDependencies(): Promise<GuardDependencies> {
  const { leaseOf, redis, ...stores } = await storeClients(loadStoresConfig());
  return {
    ...stores,
    rebuild: createGateRebuild(redis),
    pulses: createGatePulses(redis),
    lease: leaseOf(randomUUID(), systemClock),
    clock: systemClock,
    measure,
    warn,
  };
}
