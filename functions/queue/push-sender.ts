import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { pushesClient, pushMarksClient, pushQueueClient } from "../../core/clients/push.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { warn } from "../../core/log.ts";
import { measure, publishMetrics } from "../../core/metrics.ts";
import { readPushTask } from "../../core/push/push-queue.sqs.ts";
import { parsePushServices } from "../../core/push/push-service.ts";
import { subjectOf } from "../../core/push/seal-push.ts";
import { type PushDependencies, sendPush } from "../../core/push/send-push.ts";
import { vapidKeysOf } from "../../core/push/vapid.ts";
import { callEndpoint, type EndpointCall } from "../../core/webhooks/call-endpoint.http.ts";
import { writePush } from "../compose/write-push.ts";

const config = loadConfig([
  "SITE_URL",
  "LEDGER_TABLE",
  "IDENTITY_TABLE",
  "DYNAMODB_ENDPOINT",
  "PUSH_QUEUE_URL",
  "SQS_ENDPOINT",
  "PUSH_KEY",
  "PUSH_SERVICES",
]);
const isLocalStage = config.STAGE === "local";
/** A push service takes a message within moments, or is tried again later. */
const CALL_LIMIT_MS = 5_000;
const call = (what: EndpointCall) =>
  callEndpoint(what, { isLocalStage, nowMs: systemClock.nowMs, limitMs: CALL_LIMIT_MS });
const settings = {
  call,
  isLocalStage,
  services: parsePushServices(config.PUSH_SERVICES),
  signer: { keys: vapidKeysOf(config.PUSH_KEY), subject: subjectOf(config.SITE_URL) },
  write: writePush,
  clock: systemClock,
  warn,
  measure,
};

async function dependencies(): Promise<PushDependencies> {
  const [pushes, sent, { saleRecords }, queue] = await Promise.all([
    pushesClient(config),
    pushMarksClient(config),
    ledgerClients(config),
    pushQueueClient(config),
  ]);
  return { ...settings, pushes, sent, saleRecords, queue };
}

/** Has browsers told; what could not be noted comes again. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const deps = await dependencies();
  const failed: string[] = [];
  async function attempt({ messageId, body }: SQSRecord): Promise<void> {
    try {
      const { notices, tries } = readPushTask(body);
      await Promise.all(notices.map((notice) => sendPush(deps, notice, tries)));
    } catch (error) {
      warn("browsers could not be told", { messageId, error });
      failed.push(messageId);
    }
  }
  await Promise.all(event.Records.map(attempt));
  publishMetrics();
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
