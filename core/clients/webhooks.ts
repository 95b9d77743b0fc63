import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { ReportQueue, WebhookQueue } from "../webhooks/webhook-queues.sqs.ts";

/** Where webhooks that are due wait to be sent. */
export const webhookQueueClient = (
  config: Config<"WEBHOOK_QUEUE_URL" | "SQS_ENDPOINT">,
): Promise<WebhookQueue> =>
  once(config.WEBHOOK_QUEUE_URL, async () => {
    const [{ openSqs }, { createWebhookQueue }] = await Promise.all([
      import("../aws/connect.sqs.ts"),
      import("../webhooks/webhook-queues.sqs.ts"),
    ]);
    const sqs = openSqs(config.WEBHOOK_QUEUE_URL, config.SQS_ENDPOINT);
    return { client: createWebhookQueue(sqs), close: async () => sqs.close() };
  });

/** Where what came of them waits to be noted. */
export const webhookReportsClient = (
  config: Config<"WEBHOOK_REPORT_QUEUE_URL" | "SQS_ENDPOINT">,
): Promise<ReportQueue> =>
  once(config.WEBHOOK_REPORT_QUEUE_URL, async () => {
    const [{ openSqs }, { createReportQueue }] = await Promise.all([
      import("../aws/connect.sqs.ts"),
      import("../webhooks/webhook-queues.sqs.ts"),
    ]);
    const sqs = openSqs(config.WEBHOOK_REPORT_QUEUE_URL, config.SQS_ENDPOINT);
    return { client: createReportQueue(sqs), close: async () => sqs.close() };
  });
