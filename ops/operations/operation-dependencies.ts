import { loadConfig } from "../../core/config.ts";
import { openQueueClient } from "../../core/orders/sdk-client.sqs.ts";
import { createDeadLetters } from "../../core/orders/dead-letters.sqs.ts";
import { evidenceKeysClient } from "../../core/clients/evidence.ts";
import { systemClock } from "../../core/clock.ts";
import { readShop, shopNames } from "../../core/contract/shop.ts";
import { signingKey } from "../../core/evidence/signing-key.ts";
import { exportClients } from "../../core/clients/erasure.ts";
import { lineClients } from "../../core/clients/line.ts";
import { guardDependencies } from "../../core/clients/guard-dependencies.ts";
import type { OperationDependencies } from "./operate.ts";

/** Everything that an operator's command may need. */
export async function operationDependencies(): Promise<OperationDependencies> {
  const config = loadConfig([
    "ORDER_QUEUE_URL",
    "ORDER_DEAD_LETTERS_URL",
    "SQS_ENDPOINT",
    "REDIS_URL",
    "REDIS_CLUSTER",
    "REDIS_CA",
    "DATABASE_URL",
    "LEDGER_TABLE",
    "LINE_TABLE",
    "IDENTITY_TABLE",
    "DYNAMODB_ENDPOINT",
    "MAILBOX_PROVIDERS",
    "EVIDENCE_SECRET",
    "SITE_URL",
  ]);
  const shop = readShop(loadConfig(shopNames)).name;
  const sqs = openQueueClient(config.SQS_ENDPOINT);
  const deadLetterBox = createDeadLetters(sqs, config.ORDER_DEAD_LETTERS_URL, config.ORDER_QUEUE_URL);
  const [guard, buyerData, evidenceKeys, { logs }] = await Promise.all([
    guardDependencies(),
    exportClients(config),
    evidenceKeysClient(config),
    lineClients(config),
  ]);
  const issuer = () => ({
    key: signingKey(config.EVIDENCE_SECRET),
    keys: evidenceKeys,
    issuer: config.SITE_URL,
    shop,
    nowMs: systemClock.nowMs,
  });
  return { ...guard, logs, deadLetterBox, buyerData, evidenceKeys, issuer };
}
