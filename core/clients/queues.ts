import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { OrderQueue } from "../orders/order-queue.sqs.ts";
import type { PaymentQueue } from "../payment/payment-queue.sqs.ts";

export const orderQueueClient = (config: Config<"ORDER_QUEUE_URL" | "SQS_ENDPOINT">): Promise<OrderQueue> =>
  queueClient(config.ORDER_QUEUE_URL, config.SQS_ENDPOINT);

export const deadLettersClient = (
  config: Config<"ORDER_DEAD_LETTERS_URL" | "SQS_ENDPOINT">,
): Promise<OrderQueue> => queueClient(config.ORDER_DEAD_LETTERS_URL, config.SQS_ENDPOINT);

/** The queue of what is to be done at the payment provider. */
export const paymentQueueClient = (
  config: Config<"PAYMENT_QUEUE_URL" | "SQS_ENDPOINT">,
): Promise<PaymentQueue> =>
  once(config.PAYMENT_QUEUE_URL, async () => {
    const [{ openSqs }, { createPaymentQueue }] = await Promise.all([
      import("../aws/connect.sqs.ts"),
      import("../payment/payment-queue.sqs.ts"),
    ]);
    const sqs = openSqs(config.PAYMENT_QUEUE_URL, config.SQS_ENDPOINT);
    return { client: createPaymentQueue(sqs), close: async () => sqs.close() };
  });

const queueClient = (queueUrl: string, endpoint: string | undefined): Promise<OrderQueue> =>
  once(queueUrl, async () => (await import("./open-order-queue.sqs.ts")).openOrderQueue(queueUrl, endpoint));
