import { purchaseLedger } from "../../core/clients/purchase-ledger.ts";
import { turnsClient } from "../../core/clients/turns.ts";
import { orderQueueClient } from "../../core/clients/queues.ts";
import { purchaseGateClient } from "../../core/clients/purchase-gate.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { ReserveRequest } from "../../core/gate/gate-replies.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import { warn } from "../../core/log.ts";
import { measure, measureOutcome, publishMetrics } from "../../core/metrics.ts";
import { createLedgerLooks } from "../../core/purchase/ledger-looks.ts";
import { purchaseMetrics } from "../../core/purchase/purchase-metrics.ts";
import type { PurchaseOutcome } from "../../core/purchase/purchase-outcome.ts";
import { purchase, type PurchaseRequest } from "../../core/purchase/purchase.ts";
import { createSaleMemory } from "../../core/purchase/sale-memory.ts";

const config = loadConfig([
  "REDIS_URL",
  "REDIS_CLUSTER",
  "REDIS_CA",
  "LEDGER_TABLE",
  "DYNAMODB_ENDPOINT",
  "ORDER_QUEUE_URL",
  "SQS_ENDPOINT",
  "SESSION_SECRET",
  "LINE_TABLE",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
]);
const gate = purchaseGateClient(config);
const metrics = purchaseMetrics({ measure, measureOutcome, publish: publishMetrics }, systemClock);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);
const dependencies = {
  gate: { ...gate, reserve: metrics.timed((request: ReserveRequest) => gate.reserve(request)) },
  memory: createSaleMemory(),
  looks: createLedgerLooks(systemClock),
  ledger: async () => (await purchaseLedger(config)).ledger,
  saleRecords: async () => (await purchaseLedger(config)).saleRecords,
  queue: () => orderQueueClient(config),
  turns: () => turnsClient(config, signer),
  signer,
  clock: systemClock,
  warn,
};

// An environment that is warmed for a sale has the time; one that starts in the crowd loads them with its first acceptance.
if (config.AWS_LAMBDA_INITIALIZATION_TYPE === "provisioned-concurrency")
  await Promise.all([dependencies.ledger(), dependencies.queue()]);

/** Buys and counts the outcome: the one purchase, whichever way the request came. */
export async function buy(request: PurchaseRequest): Promise<PurchaseOutcome> {
  const outcome = await purchase(dependencies, request);
  metrics.count(outcome.kind);
  return outcome;
}
