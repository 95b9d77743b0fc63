import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { databaseClient } from "../../core/clients/database.ts";
import { webhookQueueClient } from "../../core/clients/webhooks.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { warn } from "../../core/log.ts";
import { measure, publishMetrics } from "../../core/metrics.ts";
import { noteReports } from "../../core/webhooks/note-reports.ts";
import { sendDue } from "../../core/webhooks/pump.ts";
import { parseRetries } from "../../core/webhooks/retries.ts";
import { type CallReport, parseReport } from "../../core/webhooks/webhook-task.ts";

const config = loadConfig(["DATABASE_URL", "WEBHOOK_QUEUE_URL", "WEBHOOK_RETRIES", "SQS_ENDPOINT"]);
const retries = parseRetries(config.WEBHOOK_RETRIES);

/** Notes what came of the calls, and has those made that waited for them. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const [db, webhooks] = await Promise.all([databaseClient(config), webhookQueueClient(config)]);
  const [reports, unreadable]: [CallReport[], string[]] = [[], []];
  for (const { messageId, body } of event.Records)
    try {
      reports.push(parseReport(body));
    } catch (error) {
      warn("a report of a webhook cannot be read", { messageId, error });
      unreadable.push(messageId);
    }
  await noteReports({ db, webhooks, retries, measure, warn }, reports);
  await sendDue({ db, webhooks, clock: systemClock });
  publishMetrics();
  return { batchItemFailures: unreadable.map((itemIdentifier) => ({ itemIdentifier })) };
}
