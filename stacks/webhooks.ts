import { consumers } from "../core/topology.ts";
import { sealingKeyOf } from "../core/webhooks/sealed.ts";
import type { Alarms } from "./alarms.ts";
import { type Grant, secret } from "./grants.ts";
import { productMetric } from "./product-metric.ts";
import { queueOf } from "./queue.ts";
import type { ScheduleParts } from "./schedules.ts";

const KEY_LENGTH = 48;

/** The queues of webhooks: what is due, to whoever calls the world, and what came of it, back to PostgreSQL. */
export function createWebhooks({ alarms: { watch } }: { readonly alarms: Alarms }) {
  const due = queueOf("Webhook", consumers.webhookSender);
  const reports = queueOf("WebhookReport", consumers.webhookReporter);
  const metric = (metricName: string, of: sst.aws.Queue) => ({
    namespace: "AWS/SQS",
    metricName,
    dimensions: { QueueName: of.nodes.queue.name },
  });
  for (const [name, { deadLetters }] of [
    ["WebhookDeadLettersNotEmpty", due],
    ["WebhookReportDeadLettersNotEmpty", reports],
  ] as const)
    watch(name, { ...metric("ApproximateNumberOfMessagesVisible", deadLetters), above: 0 });
  // A call is made within seconds, or dropped and made anew after its lease.
  watch("WebhookQueueOld", { ...metric("ApproximateAgeOfOldestMessage", due.queue), above: 240, minutes: 2 });
  const sum = { statistic: "Sum" } as const;
  watch("WebhookEndpointPaused", { ...productMetric("WebhookEndpointsPaused"), ...sum, above: 0 });
  watch("WebhooksGivenUp", { ...productMetric("WebhooksGivenUp"), ...sum, above: 0 });

  // Like the session's key it is made at the first deploy, and travels as a link, encrypted in the sender's bundle.
  const key = new random.RandomPassword("WebhookKey", { length: KEY_LENGTH, special: false }).result;
  const send = (variable: string, queue: sst.aws.Queue): Grant => ({
    environment: { [variable]: queue.url },
    permissions: [{ actions: ["sqs:SendMessage"], resources: [queue.arn] }],
  });
  const grants = {
    "webhooks.send": send("WEBHOOK_QUEUE_URL", due.queue),
    "webhooks.report": send("WEBHOOK_REPORT_QUEUE_URL", reports.queue),
    "webhooks.open": { secrets: [secret("WEBHOOK_KEY", key)] },
    "webhooks.seal": { environment: { WEBHOOK_SEAL: $util.unsecret(key.apply(sealingKeyOf)) } },
  } satisfies Record<string, Grant>;
  return { grants, queue: due.queue, reportQueue: reports.queue };
}

export type Webhooks = ReturnType<typeof createWebhooks>;

/** Numbers what has happened and has sent what is due. */
export const webhooks: ScheduleParts = {
  // The next minute is the retry.
  settings: { retries: 0, enabled: !$dev },
};
