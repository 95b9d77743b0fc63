import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { databaseClient } from "../../core/clients/database.ts";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { gateClient } from "../../core/clients/gate.ts";
import { paymentQueueClient } from "../../core/clients/payment-queue.ts";
import { mailQueueClient } from "../../core/clients/order-mails.ts";
import { loadConfig } from "../../core/config.ts";
import { warn } from "../../core/log.ts";
import { measure, publishMetrics } from "../../core/metrics.ts";
import { consumeOrders } from "../../core/orders/consume-orders.ts";

const config = loadConfig([
  "REDIS_URL",
  "REDIS_CLUSTER",
  "REDIS_CA",
  "DATABASE_URL",
  "LEDGER_TABLE",
  "DYNAMODB_ENDPOINT",
  "PAYMENT_QUEUE_URL",
  "MAIL_QUEUE_URL",
  "PUSH_QUEUE_URL",
  "SQS_ENDPOINT",
]);

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const [db, { ledger }, payments, mails] = await Promise.all([
    databaseClient(config),
    ledgerClients(config),
    paymentQueueClient(config),
    mailQueueClient(config),
  ]);
  const deps = { db, ledger, gate: gateClient(config), payments, mails, warn, measure };
  const failed = await consumeOrders(deps, event.Records);
  publishMetrics();
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
