import { gateKeys } from "../../../core/gate/keys.ts";
import type { SaleId } from "../../../core/ids.ts";
import { createLedger } from "../../../core/reservation/ledger.dynamo.ts";
import { localTables } from "../../../local/aws-clients.ts";
import { openRedis } from "../../../local/stores/open-redis.ts";
import type { FaultCloud } from "../fault-cloud.ts";

type Counts = Map<string, number>;

/** What the gate counts of a line otherwise than the ledger: people and units of each step, units of each entry. */
export async function otherCounts(cloud: FaultCloud, saleId: SaleId): Promise<string[]> {
  const [gate, ledger] = await Promise.all([countsOfGate(cloud, saleId), countsOfLedger(cloud, saleId)]);
  return [...new Set([...gate.keys(), ...ledger.keys()])]
    .filter((name) => gate.get(name) !== ledger.get(name))
    .map((name) => `${name}: ${gate.get(name) ?? 0} in the gate, ${ledger.get(name) ?? 0} in the ledger`);
}

async function countsOfGate(cloud: FaultCloud, saleId: SaleId): Promise<Counts> {
  const redis = openRedis(cloud.stores());
  try {
    const keys = gateKeys(saleId);
    const [steps, turns] = await Promise.all([redis.hgetall(keys.steps), redis.hgetall(keys.turns)]);
    const ofSteps = Object.entries(steps).filter(([name]) => /^(bought|units):/.test(name));
    return new Map([...ofSteps, ...Object.entries(turns)].map(([name, count]) => [name, Number(count)]));
  } finally {
    redis.disconnect();
  }
}

async function countsOfLedger(cloud: FaultCloud, saleId: SaleId): Promise<Counts> {
  const { dynamoEndpoint, ledgerTable } = cloud.stores();
  const dynamo = localTables(dynamoEndpoint);
  try {
    const counts: Counts = new Map();
    const leaves = new Set<string>();
    const add = (name: string, count: number) => counts.set(name, (counts.get(name) ?? 0) + count);
    for (const { reservation, state } of await createLedger(dynamo, ledgerTable).ofSale(saleId)) {
      const { list, step, leaf, buyerId, quantity } = reservation;
      if (state.kind === "rejected") continue;
      add(`${list}:${buyerId}`, quantity);
      add(`units:${step}`, quantity);
      if (!leaves.has(String(leaf))) add(`bought:${step}`, 1);
      leaves.add(String(leaf));
    }
    return counts;
  } finally {
    dynamo.close();
  }
}
