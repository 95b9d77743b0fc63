import type { LocalDemands } from "../service-times.ts";
import type { Stage } from "./stage.ts";
import { consumers } from "../../../core/topology.ts";

const { batchSize, batchWindowSeconds, maximumConcurrency } = consumers.orderConsumer;

/**
 * The local cloud and its load client: seven parts share the machine's cores, each on a thread of its own. The network
 * takes nothing but the processor time that is in the figures.
 *
 * @param cores what the rest of the machine left
 */
export function localStage({ refused, accepted, consumed }: LocalDemands, cores: number): Stage {
  return {
    sharedCores: cores,
    client: { refusedMs: refused.client, acceptedMs: accepted.client },
    networkMs: 0,
    function: {
      memoryMs: refused.api,
      refusedMs: refused.api,
      acceptedMs: accepted.api,
      besideRefusedMs: refused.beside,
      besideAcceptedMs: accepted.beside,
    },
    // A refusal that reaches the gate is one for each second: what it takes is lost in what the others take.
    gate: {
      roundTripMs: 0,
      refusedMs: accepted.gate / 2,
      reservedMs: accepted.gate / 2,
      clearMs: accepted.gate / 2,
    },
    ledger: { roundTripMs: 0, parts: 1, putMs: accepted.ledger },
    queue: { roundTripMs: 0, servers: 1, sendMs: accepted.queue },
    consumer: {
      batchSize,
      windowMs: batchWindowSeconds * 1000,
      atOnce: maximumConcurrency,
      functionMs: consumed.api,
      databaseMs: consumed.database + accepted.database,
      ledgerMs: consumed.ledger,
      queueMs: consumed.queue,
      commitMs: 0,
      databaseServers: maximumConcurrency,
    },
  };
}
