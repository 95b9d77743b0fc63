import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { OrderQueue } from "../orders/order-queue.sqs.ts";

export const orderQueueClient = (config: Config<"ORDER_QUEUE_URL" | "SQS_ENDPOINT">): Promise<OrderQueue> =>
  queueClient(config.ORDER_QUEUE_URL, config.SQS_ENDPOINT);

export const deadLettersClient = (
  config: Config<"ORDER_DEAD_LETTERS_URL" | "SQS_ENDPOINT">,
): Promise<OrderQueue> => queueClient(config.ORDER_DEAD_LETTERS_URL, config.SQS_ENDPOINT);

const queueClient = (queueUrl: string, endpoint: string | undefined): Promise<OrderQueue> =>
  once(queueUrl, async () => (await import("./open-order-queue.sqs.ts")).openOrderQueue(queueUrl, endpoint));
