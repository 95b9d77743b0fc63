import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { type Consumer, consumers } from "../core/topology.ts";
import { localSqs } from "./aws-clients.ts";

export type Queues = Readonly<
  Record<"orderQueueUrl" | "orderDeadLettersUrl" | "paymentQueueUrl" | "paymentDeadLettersUrl", string>
>;

/** Creates the queues with their dead-letter queues, with the limits of `core/topology.ts`. */
export async function createQueues(
  endpoint: string,
  prefix: string,
  visibilityTimeoutSeconds?: number,
): Promise<Queues> {
  const client = localSqs(endpoint);
  const pair = (
    name: string,
    deadLetters: string,
    { visibilityTimeoutSeconds: usual, ...limits }: Consumer,
  ) =>
    createPair(client, endpoint, [prefix + name, prefix + deadLetters], {
      visibilityTimeoutSeconds: visibilityTimeoutSeconds ?? usual,
      maxReceiveCount: limits.maxReceiveCount,
    });
  try {
    const [orderQueueUrl, orderDeadLettersUrl] = await pair(
      "orders",
      "order-dead-letters",
      consumers.orderConsumer,
    );
    const [paymentQueueUrl, paymentDeadLettersUrl] = await pair(
      "payments",
      "payment-dead-letters",
      consumers.paymentWorker,
    );
    return { orderQueueUrl, orderDeadLettersUrl, paymentQueueUrl, paymentDeadLettersUrl };
  } finally {
    client.destroy();
  }
}

type Limits = Pick<Consumer, "visibilityTimeoutSeconds" | "maxReceiveCount">;

/** A queue, and where messages rest that keep failing; their addresses. */
async function createPair(
  client: SQSClient,
  endpoint: string,
  [name, deadLetters]: readonly [string, string],
  { visibilityTimeoutSeconds, maxReceiveCount }: Limits,
): Promise<[string, string]> {
  const create = async (QueueName: string) => {
    const { QueueUrl = "" } = await client.send(new CreateQueueCommand({ QueueName }));
    // A restarted server may answer with the port of its last life.
    return new URL(new URL(QueueUrl).pathname, endpoint).href;
  };
  const deadLettersUrl = await create(deadLetters);
  const queueUrl = await create(name);
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
  return [queueUrl, deadLettersUrl];
}

export async function deleteQueues(endpoint: string, urls: readonly string[]): Promise<void> {
  const client = localSqs(endpoint);
  await Promise.all(urls.map((QueueUrl) => client.send(new DeleteQueueCommand({ QueueUrl }))));
  client.destroy();
}
