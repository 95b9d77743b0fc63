import { databaseClient } from "./clients/database.ts";
import { guardianClients } from "./clients/guardian.ts";
import { ledgerClients } from "./clients/ledger.ts";
import { deadLettersClient, orderQueueClient } from "./clients/queues.ts";
import { gateClient } from "./clients/gate.ts";
import { gateConnection } from "./clients/purchase-gate.ts";
import { type Config, loadConfig } from "./config.ts";
import { createGateContents } from "./gate/gate-contents.redis.ts";

const variables = [
  "REDIS_URL",
  "REDIS_CLUSTER",
  "REDIS_CA",
  "DATABASE_URL",
  "LEDGER_TABLE",
  "DYNAMODB_ENDPOINT",
  "ORDER_QUEUE_URL",
  "ORDER_DEAD_LETTERS_URL",
  "SQS_ENDPOINT",
] as const;

/** The settings of every store. @throws Error naming each that is missing or wrong. */
export const loadStoresConfig = (): Config<(typeof variables)[number]> => loadConfig(variables);

/** Every store's client, for what compares them or mends one from another. */
export async function storeClients(config: ReturnType<typeof loadStoresConfig>) {
  const [db, { ledger, saleRecords }, { leaseOf, signs }, queue, deadLetters] = await Promise.all([
    databaseClient(config),
    ledgerClients(config),
    guardianClients(config),
    orderQueueClient(config),
    deadLettersClient(config),
  ]);
  const redis = gateConnection(config);
  const gate = gateClient(config);
  const contents = createGateContents(redis);
  return { db, ledger, saleRecords, leaseOf, signs, queue, deadLetters, redis, gate, contents };
}
