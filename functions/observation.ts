import {
  databaseClient,
  deadLettersClient,
  gateClient,
  gateConnection,
  ledgerClients,
  orderQueueClient,
} from "../core/clients.ts";
import { loadConfig } from "../core/config.ts";
import { createGateContents } from "../core/gate/gate-contents.redis.ts";
import type { FactsDependencies } from "../core/reconciliation/read-facts.ts";
import type { WatchDependencies } from "../core/sale/watch-sale.ts";

const config = loadConfig([
  "REDIS_URL",
  "REDIS_CLUSTER",
  "DATABASE_URL",
  "LEDGER_TABLE",
  "DYNAMODB_ENDPOINT",
  "ORDER_QUEUE_URL",
  "ORDER_DEAD_LETTERS_URL",
  "SQS_ENDPOINT",
]);

/** What looks at every store and changes none. */
export async function observation(): Promise<FactsDependencies & WatchDependencies> {
  const [db, { ledger, signs }, queue, deadLetters] = await Promise.all([
    databaseClient(config),
    ledgerClients(config),
    orderQueueClient(config),
    deadLettersClient(config),
  ]);
  const contents = createGateContents(gateConnection(config));
  return { db, ledger, signs, queue, deadLetters, gate: gateClient(config), contents };
}
