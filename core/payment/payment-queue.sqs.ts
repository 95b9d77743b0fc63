import type { Sqs } from "../aws/connect.sqs.ts";
import type { PaymentTask } from "../reservation/payment-task.ts";

export type PaymentQueue = ReturnType<typeof createPaymentQueue>;

/** The queue of what is to be done at the payment provider. */
export function createPaymentQueue(queue: Sqs) {
  return {
    /** @throws when SQS refuses or does not answer in time; it may have taken it all the same, and doing it twice is safe. */
    async send(task: PaymentTask): Promise<void> {
      await queue.send("SendMessage", { MessageBody: JSON.stringify(task) });
    },
  };
}
