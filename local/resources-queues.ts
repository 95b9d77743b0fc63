import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { consumers } from "../core/topology.ts";
import { localSqs } from "./aws-clients.ts";

export type Queues = { readonly orderQueueUrl: string; readonly orderDeadLettersUrl: string };

/** Creates the order queue and its dead-letter queue, with the limits of `core/topology.ts`. */
export async function createQueues(
  endpoint: string,
  prefix: string,
  visibilityTimeoutSeconds: number = consumers.orderConsumer.visibilityTimeoutSeconds,
): Promise<Queues> {
  const client = localSqs(endpoint);
  try {
    const create = async (name: string) => {
      const { QueueUrl = "" } = await client.send(new CreateQueueCommand({ QueueName: prefix + name }));
      // A restarted server may answer with the port of its last life.
      return new URL(new URL(QueueUrl).pathname, endpoint).href;
    };
    const orderDeadLettersUrl = await create("order-dead-letters");
    const orderQueueUrl = await create("orders");
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: orderDeadLettersUrl, AttributeNames: ["QueueArn"] }),
    );
    const redrive = {
      deadLetterTargetArn: Attributes?.["QueueArn"],
      maxReceiveCount: consumers.orderConsumer.maxReceiveCount,
    };
    const settings = {
      VisibilityTimeout: String(visibilityTimeoutSeconds),
      RedrivePolicy: JSON.stringify(redrive),
    };
    // Apart from creation, which refuses an existing queue with other attributes.
    await client.send(new SetQueueAttributesCommand({ QueueUrl: orderQueueUrl, Attributes: settings }));
    return { orderQueueUrl, orderDeadLettersUrl };
  } finally {
    client.destroy();
  }
}

export async function deleteQueues(endpoint: string, urls: readonly string[]): Promise<void> {
  const client = localSqs(endpoint);
  await Promise.all(urls.map((QueueUrl) => client.send(new DeleteQueueCommand({ QueueUrl }))));
  client.destroy();
}
