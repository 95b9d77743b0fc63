import { DeleteMessageBatchCommand, type Message, type SQSClient } from "@aws-sdk/client-sqs";

/** SQS's own limit for one batch. */
const DELETE_SIZE = 10;

/** Deletes the messages, ten in a call. */
export async function deleteMessages(
  client: SQSClient,
  queueUrl: string,
  messages: readonly Message[],
): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(messages.length / DELETE_SIZE) }, (_, index) =>
    messages.slice(index * DELETE_SIZE, (index + 1) * DELETE_SIZE),
  );
  await Promise.all(
    chunks.map(async (chunk) => {
      const entries = chunk.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      const { Failed = [] } = await client.send(
        new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
      );
      if (Failed.length > 0)
        throw new Error(`SQS did not delete ${Failed.length} messages: ${Failed[0]?.Message}`);
    }),
  );
}
