import { gateClient, ledgerClients, orderQueueClient } from "../../core/clients.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { warn } from "../../core/log.ts";
import { purchase } from "../../core/purchase/purchase.ts";
import { createSaleMemory } from "../../core/purchase/sale-memory.ts";
import { answerPurchase } from "../answer.ts";
import { endpoint } from "../endpoint.ts";

const config = loadConfig([
  "REDIS_URL",
  "REDIS_CLUSTER",
  "LEDGER_TABLE",
  "DYNAMODB_ENDPOINT",
  "ORDER_QUEUE_URL",
  "SQS_ENDPOINT",
  "SESSION_SECRET",
]);
const dependencies = {
  gate: gateClient(config),
  memory: createSaleMemory(),
  ledger: async () => (await ledgerClients(config)).ledger,
  saleRecords: async () => (await ledgerClients(config)).saleRecords,
  queue: () => orderQueueClient(config),
  clock: systemClock,
  warn,
};

export const handler = endpoint("purchase", async ({ body, session, idempotencyKey, requestId }) =>
  answerPurchase(
    await purchase(dependencies, { ...body, buyerId: session.buyerId, idempotencyKey, requestId }),
  ),
);
