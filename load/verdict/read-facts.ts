import type { SaleId } from "../../core/ids.ts";
import type { RedisAddress } from "../../local/stores/open-redis.ts";
import type { Facts } from "./facts.ts";
import { readDatabase } from "./read-database.postgres.ts";
import { readGate } from "./read-gate.redis.ts";
import { readLedger } from "./read-ledger.dynamo.ts";

/** Where the stores are; a running local cloud has all of these. */
export type StoreAddresses = RedisAddress & {
  readonly databaseUrl: string;
  readonly dynamoEndpoint: string;
  readonly sqsEndpoint: string;
  readonly ledgerTable: string;
  readonly orderQueueUrl: string;
};

/** Reads what each store says of a sale. Of one instant only once the sale has come to rest: see await-settled.ts. */
export async function readFacts(stores: StoreAddresses, saleId: SaleId): Promise<Facts> {
  const [gate, ledger, database] = await Promise.all([
    readGate(stores, saleId),
    readLedger(stores.dynamoEndpoint, stores.ledgerTable, saleId),
    readDatabase(stores.databaseUrl, saleId),
  ]);
  return { gate, ledger, database };
}
