import { openSqs } from "../aws/connect.sqs.ts";
import { createOrderQueue } from "../orders/order-queue.sqs.ts";

/** One file for the reason that open-ledger.dynamo.ts gives. */
export function openOrderQueue(queueUrl: string, endpoint: string | undefined) {
  const sqs = openSqs(queueUrl, endpoint);
  return { client: createOrderQueue(sqs), close: async () => sqs.close() };
}
