import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { mailClient } from "../../core/clients/mail.ts";
import { webhookReportsClient } from "../../core/clients/webhooks.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { warn } from "../../core/log.ts";
import { callEndpoint, type EndpointCall } from "../../core/webhooks/call-endpoint.http.ts";
import { openingKey } from "../../core/webhooks/sealed.ts";
import { sendWebhook } from "../../core/webhooks/send-webhook.ts";
import { parseTask } from "../../core/webhooks/webhook-task.ts";
import { writeEndpointMail } from "../compose/write-endpoint-mail.ts";

const config = loadConfig([
  "WEBHOOK_KEY",
  "WEBHOOK_REPORT_QUEUE_URL",
  "SQS_ENDPOINT",
  "MAIL_FROM",
  "SES_ENDPOINT",
  "SITE_URL",
]);
const key = openingKey(config.WEBHOOK_KEY);
const call = (what: EndpointCall) =>
  callEndpoint(what, { isLocalStage: config.STAGE === "local", nowMs: systemClock.nowMs });

/** Calls the merchants' endpoints; calls whose outcome could not be reported come again. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const reports = await webhookReportsClient(config);
  const failed: string[] = [];
  async function attempt({ messageId, body }: SQSRecord): Promise<void> {
    try {
      const task = parseTask(body);
      if (task.task === "call") await sendWebhook({ call, reports, key, clock: systemClock, warn }, task);
      else await (await mailClient(config))(writeEndpointMail(task, config.SITE_URL));
    } catch (error) {
      // What a mail's refusal says may name an address.
      warn("a webhook could not be sent", {
        messageId,
        error: error instanceof Error ? error.name : "unknown",
      });
      failed.push(messageId);
    }
  }
  await Promise.all(event.Records.map(attempt));
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
