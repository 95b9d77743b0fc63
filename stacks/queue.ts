import { type Consumer, consumers } from "../core/topology.ts";
import type { Alarms } from "./alarms.ts";
import type { Grant } from "./grants.ts";
import { stage } from "./stage.ts";

const FOURTEEN_DAYS = 14 * 24 * 60 * 60;

/** A queue that feeds a consumer, and where messages rest that keep failing. */
export function queueOf(name: string, { visibilityTimeoutSeconds, maxReceiveCount }: Consumer) {
  const encrypted = { sqsManagedSseEnabled: true, messageRetentionSeconds: FOURTEEN_DAYS };
  const deadLetters = new sst.aws.Queue(`${name}DeadLetters`, { transform: { queue: encrypted } });
  const queue = new sst.aws.Queue(`${name}Queue`, {
    visibilityTimeout: `${visibilityTimeoutSeconds} seconds`,
    dlq: { queue: deadLetters.arn, retry: maxReceiveCount },
    transform: { queue: encrypted },
  });
  return { queue, deadLetters };
}

/**
 * The queue of orders between ledger and PostgreSQL, and that of the mails about them between PostgreSQL and SES: nothing of an
 * order waits for a mail.
 */
export function createQueue({ alarms: { watch } }: { readonly alarms: Alarms }) {
  const { queue, deadLetters } = queueOf("Order", consumers.orderConsumer);
  const mails = queueOf("Mail", consumers.orderMailer);
  const rehearsals = queueOf("Rehearsal", consumers.rehearsalCrowd);

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
  watch("MailDeadLettersNotEmpty", {
    ...metric("ApproximateNumberOfMessagesVisible", mails.deadLetters),
    above: 0,
  });
  // A rehearsal that was begun three times and never ended has left its sale behind.
  watch("RehearsalDeadLettersNotEmpty", {
    ...metric("ApproximateNumberOfMessagesVisible", rehearsals.deadLetters),
    above: 0,
  });
  // A crowd's mails go out at SES's pace, which takes its time; older than an hour, SES takes none.
  watch("MailQueueOld", {
    ...metric("ApproximateAgeOfOldestMessage", mails.queue),
    above: 3_600,
    minutes: 5,
  });

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
    "mails.send": {
      environment: { MAIL_QUEUE_URL: mails.queue.url },
      permissions: [{ actions: ["sqs:SendMessage"], resources: [mails.queue.arn] }],
    },
    "rehearsals.ask": {
      environment: { REHEARSAL_QUEUE_URL: rehearsals.queue.url },
      permissions: [{ actions: ["sqs:SendMessage"], resources: [rehearsals.queue.arn] }],
    },
    "mails.pace": { environment: { MAILS_PER_SECOND: String(stage.mailsPerSecond) } },
  } satisfies Record<string, Grant>;
  return { grants, queue, deadLetters, mailQueue: mails.queue, rehearsalQueue: rehearsals.queue };
}

export type Queue = ReturnType<typeof createQueue>;
