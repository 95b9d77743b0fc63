import { GetQueueAttributesCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Reservation } from "../purchase/reservation.ts";

export type QueueDepth = { readonly waiting: number; readonly inFlight: number };
export type OrderQueue = ReturnType<typeof createOrderQueue>;

/** The queue between the ledger and PostgreSQL. Each method throws when SQS refuses or does not answer in time. */
export function createOrderQueue(client: SQSClient, queueUrl: string) {
  return {
    /** Publishes a reservation that is in the ledger. After an error, SQS may have taken it all the same. */
    async send(reservation: Reservation): Promise<void> {
      await client.send(
        new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(reservation) }),
      );
    },

    /** Messages in the queue, approximately, as SQS counts them. */
    async depth(): Promise<QueueDepth> {
      const answer = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: queueUrl,
          AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        }),
      );
      return {
        waiting: Number(answer.Attributes?.ApproximateNumberOfMessages ?? 0),
        inFlight: Number(answer.Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0),
      };
    },
  };
}
