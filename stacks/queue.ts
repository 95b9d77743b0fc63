import { consumers } from "../core/topology.ts";
import type { Alarms } from "./alarms.ts";
import type { Grant } from "./grants.ts";

const { orderConsumer } = consumers;
const FOURTEEN_DAYS = 14 * 24 * 60 * 60;

/** The queue of orders between ledger and PostgreSQL, and where messages rest that keep failing. */
export function createQueue({ alarms: { watch } }: { readonly alarms: Alarms }) {
  const encrypted = { sqsManagedSseEnabled: true, messageRetentionSeconds: FOURTEEN_DAYS };
  const deadLetters = new sst.aws.Queue("OrderDeadLetters", { transform: { queue: encrypted } });
  const queue = new sst.aws.Queue("OrderQueue", {
    visibilityTimeout: `${orderConsumer.visibilityTimeoutSeconds} seconds`,
    dlq: { queue: deadLetters.arn, retry: orderConsumer.maxReceiveCount },
    transform: { queue: encrypted },
  });

  const metric = (metricName: string, of: sst.aws.Queue) => ({
    namespace: "AWS/SQS",
    metricName,
    dimensions: { QueueName: of.nodes.queue.name },
  });
  watch("OrderDeadLettersNotEmpty", {
    ...metric("ApproximateNumberOfMessagesVisible", deadLetters),
    above: 0,
    inPreviews: true,
  });
  // A crowd's orders are written within seconds; what is older than a minute waits for something broken.
  watch("OrderQueueOld", { ...metric("ApproximateAgeOfOldestMessage", queue), above: 60, minutes: 2 });

  const queueGrant = (...actions: string[]): Grant => ({
    environment: { ORDER_QUEUE_URL: queue.url },
    permissions: [{ actions: actions.map((action) => `sqs:${action}`), resources: [queue.arn] }],
  });
  const deadLettersGrant = (...actions: string[]): Grant => ({
    environment: { ORDER_DEAD_LETTERS_URL: deadLetters.url },
    permissions: [{ actions: actions.map((action) => `sqs:${action}`), resources: [deadLetters.arn] }],
  });
  const grants = {
    "queue.send": queueGrant("SendMessage"),
    "queue.measure": queueGrant("GetQueueAttributes"),
    "deadLetters.measure": deadLettersGrant("GetQueueAttributes"),
    "deadLetters.redrive": deadLettersGrant("ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility"),
  } satisfies Record<string, Grant>;
  return { grants, queue, deadLetters };
}

export type Queue = ReturnType<typeof createQueue>;
