import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { PaymentQueue } from "../payment/payment-queue.sqs.ts";

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
