import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { type Consumer, consumers } from "../core/topology.ts";
import { localSqs } from "./aws-clients.ts";

export type Queues = {
  readonly orderQueueUrl: string;
  readonly orderDeadLettersUrl: string;
  readonly mailQueueUrl: string;
  readonly mailDeadLettersUrl: string;
  readonly paymentQueueUrl: string;
  readonly paymentDeadLettersUrl: string;
  readonly pushQueueUrl: string;
  readonly pushDeadLettersUrl: string;
  readonly webhookQueueUrl: string;
  readonly webhookDeadLettersUrl: string;
  readonly webhookReportsUrl: string;
  readonly webhookReportDeadLettersUrl: string;
  readonly rehearsalQueueUrl: string;
  readonly rehearsalDeadLettersUrl: string;
};

type Names = { readonly queue: string; readonly deadLetters: string };

/** Creates the queues and their dead-letter queues, with the limits of `core/topology.ts`. */
export async function createQueues(
  endpoint: string,
  prefix: string,
  visibilityTimeoutSeconds?: number,
): Promise<Queues> {
  const client = localSqs(endpoint);
  const {
    orderConsumer,
    orderMailer,
    paymentWorker,
    pushSender,
    rehearsalCrowd,
    webhookSender,
    webhookReporter,
  } = consumers;
  const create = ({ queue, deadLetters }: Names, consumer: Consumer) =>
    createQueue(
      client,
      { endpoint, queue: prefix + queue, deadLetters: prefix + deadLetters },
      {
        ...consumer,
        visibilityTimeoutSeconds: visibilityTimeoutSeconds ?? consumer.visibilityTimeoutSeconds,
      },
    );
  try {
    const [orders, mails, payments, pushes, webhooks, reports, rehearsals] = await Promise.all([
      create({ queue: "orders", deadLetters: "order-dead-letters" }, orderConsumer),
      create({ queue: "mails", deadLetters: "mail-dead-letters" }, orderMailer),
      create({ queue: "payments", deadLetters: "payment-dead-letters" }, paymentWorker),
      create({ queue: "pushes", deadLetters: "push-dead-letters" }, pushSender),
      create({ queue: "webhooks", deadLetters: "webhook-dead-letters" }, webhookSender),
      create({ queue: "webhook-reports", deadLetters: "webhook-report-dead-letters" }, webhookReporter),
      create({ queue: "rehearsals", deadLetters: "rehearsal-dead-letters" }, rehearsalCrowd),
    ]);
    return {
      orderQueueUrl: orders.queueUrl,
      orderDeadLettersUrl: orders.deadLettersUrl,
      mailQueueUrl: mails.queueUrl,
      mailDeadLettersUrl: mails.deadLettersUrl,
      paymentQueueUrl: payments.queueUrl,
      paymentDeadLettersUrl: payments.deadLettersUrl,
      pushQueueUrl: pushes.queueUrl,
      pushDeadLettersUrl: pushes.deadLettersUrl,
      webhookQueueUrl: webhooks.queueUrl,
      webhookDeadLettersUrl: webhooks.deadLettersUrl,
      webhookReportsUrl: reports.queueUrl,
      webhookReportDeadLettersUrl: reports.deadLettersUrl,
      rehearsalQueueUrl: rehearsals.queueUrl,
      rehearsalDeadLettersUrl: rehearsals.deadLettersUrl,
    };
  } finally {
    client.destroy();
  }
}

async function createQueue(
  client: SQSClient,
  { endpoint, queue, deadLetters }: Names & { readonly endpoint: string },
  { visibilityTimeoutSeconds, maxReceiveCount }: Consumer,
) {
  const create = async (QueueName: string) => {
    const { QueueUrl = "" } = await client.send(new CreateQueueCommand({ QueueName }));
    // A restarted server may answer with the port of its last life.
    return new URL(new URL(QueueUrl).pathname, endpoint).href;
  };
  const deadLettersUrl = await create(deadLetters);
  const queueUrl = await create(queue);
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: deadLettersUrl, AttributeNames: ["QueueArn"] }),
  );
  const redrive = { deadLetterTargetArn: Attributes?.["QueueArn"], maxReceiveCount };
  const settings = {
    VisibilityTimeout: String(visibilityTimeoutSeconds),
    RedrivePolicy: JSON.stringify(redrive),
  };
  // Apart from creation, which refuses an existing queue with other attributes.
  await client.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: settings }));
  return { queueUrl, deadLettersUrl };
}

export async function deleteQueues(endpoint: string, urls: readonly string[]): Promise<void> {
  const client = localSqs(endpoint);
  await Promise.all(urls.map((QueueUrl) => client.send(new DeleteQueueCommand({ QueueUrl }))));
  client.destroy();
}
