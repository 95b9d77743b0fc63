import type { Sqs } from "../aws/connect.sqs.ts";
import type { PaymentTask } from "../reservation/payment-task.ts";

export type PaymentQueue = ReturnType<typeof createPaymentQueue>;

/** The queue to the functions that reach the payment provider. */
export function createPaymentQueue(queue: Sqs) {
  return {
    /** @throws when SQS refuses or does not answer in time: it may have taken the task all the same, which does no harm. */
    async send(task: PaymentTask): Promise<void> {
      await queue.send("SendMessage", { MessageBody: JSON.stringify(task) });
    },
  };
}
