import { randomUUID } from "node:crypto";
import {
  databaseClient,
  deadLettersClient,
  gateClient,
  gateConnection,
  ledgerClients,
  orderQueueClient,
} from "../clients.ts";
import { systemClock } from "../clock.ts";
import { loadConfig } from "../config.ts";
import { createGateContents } from "../gate/gate-contents.redis.ts";
import { createGateRebuild } from "../gate/rebuild.redis.ts";
import { warn } from "../log.ts";
import { measure } from "../metrics.ts";
import type { GuardDependencies } from "./guard-sale.ts";

/** What guardian and operators' tools work with: every store. Each call is another candidate for the leases. */
export async function guardDependencies(): Promise<GuardDependencies> {
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
  const [db, { ledger, saleRecords, leases, signs }, queue, deadLetters] = await Promise.all([
    databaseClient(config),
    ledgerClients(config),
    orderQueueClient(config),
    deadLettersClient(config),
  ]);
  const redis = gateConnection(config);
  return {
    db,
    ledger,
    saleRecords,
    signs,
    queue,
    deadLetters,
    gate: gateClient(config),
    contents: createGateContents(redis),
    rebuild: createGateRebuild(redis),
    leases: leases(randomUUID(), systemClock),
    clock: systemClock,
    measure,
    warn,
  };
}
