import { consumers } from "../core/topology.ts";
import type { Alarms } from "./alarms.ts";
import type { Grant } from "./grants.ts";
import { productMetric } from "./product-metric.ts";
import type { ScheduleParts } from "./schedules.ts";

const { paymentWorker } = consumers;
const FOURTEEN_DAYS = 14 * 24 * 60 * 60;
/** A stage that has no paid sales needs no key; whoever opens a payment there is refused by the provider. */
const NOT_SET = "not-set";

/** The queue of what is to be done at the payment provider, and the provider's secrets: `sst secret set PaymentKey …`. */
export function createPayments({ alarms: { watch } }: { readonly alarms: Alarms }) {
  const encrypted = { sqsManagedSseEnabled: true, messageRetentionSeconds: FOURTEEN_DAYS };
  const deadLetters = new sst.aws.Queue("PaymentDeadLetters", { transform: { queue: encrypted } });
  const queue = new sst.aws.Queue("PaymentQueue", {
    visibilityTimeout: `${paymentWorker.visibilityTimeoutSeconds} seconds`,
    dlq: { queue: deadLetters.arn, retry: paymentWorker.maxReceiveCount },
    transform: { queue: encrypted },
  });
  const metric = (metricName: string, of: sst.aws.Queue) => ({
    namespace: "AWS/SQS",
    metricName,
    dimensions: { QueueName: of.nodes.queue.name },
  });
  watch("PaymentDeadLettersNotEmpty", {
    ...metric("ApproximateNumberOfMessagesVisible", deadLetters),
    above: 0,
    inPreviews: true,
  });
  watch("PaymentQueueOld", { ...metric("ApproximateAgeOfOldestMessage", queue), above: 300, minutes: 2 });
  const sum = { statistic: "Sum" } as const;
  watch("PaymentsOfWrongAmount", { ...productMetric("PaymentsOfWrongAmount"), ...sum, above: 0 });
  watch("CapturesFailed", { ...productMetric("CapturesFailed"), ...sum, above: 5, minutes: 2 });
  // A refund that the provider refuses, say: with nobody at fault, a capture or its end takes minutes.
  watch("MoneyUnsettled", { ...productMetric("UnsettledMoneyMs"), above: 3_600_000 });
  watch("RefundsFailed", { ...productMetric("RefundsFailed"), ...sum, above: 0 });
  watch("UndecidedWishes", {
    ...productMetric("UndecidedWishes"),
    statistic: "Maximum",
    above: 0,
    minutes: 10,
  });
  watch("PaymentProviderSilent", {
    ...productMetric("PaymentProviderSilent"),
    ...sum,
    above: 10,
    minutes: 2,
  });

  const key = new sst.Secret("PaymentKey", NOT_SET);
  const grants = {
    provider: { secrets: [key, new sst.Secret("PaymentWebhookSecret", NOT_SET)] },
    /** Of whoever must know whether real money is taken here; in our network there is no way to the provider. */
    "provider.key": { secrets: [key] },
    "payments.ask": {
      environment: { PAYMENT_QUEUE_URL: queue.url },
      permissions: [{ actions: ["sqs:SendMessage"], resources: [queue.arn] }],
    },
  } satisfies Record<string, Grant>;
  return { grants, queue };
}

export type Payments = ReturnType<typeof createPayments>;

/** Takes up payments that stand between two steps; in no network, since ours has no way out to the provider. */
export const payments: ScheduleParts = {
  // The next minute is the retry.
  settings: { retries: 0, enabled: !$dev },
};
