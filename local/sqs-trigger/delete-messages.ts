import type { Message } from "@aws-sdk/client-sqs";
import type { Sqs } from "../../core/aws/connect.sqs.ts";

/** SQS's own limit for one batch. */
const DELETE_SIZE = 10;
/** A machine under load answers late, and what is not deleted comes again. */
const LIMIT = { limitMs: 5_000 } as const;

/** Deletes the messages, ten in a call. */
export async function deleteMessages(queue: Sqs, messages: readonly Message[]): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(messages.length / DELETE_SIZE) }, (_, index) =>
    messages.slice(index * DELETE_SIZE, (index + 1) * DELETE_SIZE),
  );
  await Promise.all(
    chunks.map(async (chunk) => {
      const entries = chunk.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      const { Failed = [] } = await queue.send("DeleteMessageBatch", { Entries: entries }, LIMIT);
      if (Failed.length > 0)
        throw new Error(`SQS did not delete ${Failed.length} messages: ${Failed[0]?.Message}`);
    }),
  );
}
