import type { Sqs } from "../aws/connect.sqs.ts";
import type { CallReport, WebhookTask } from "./webhook-task.ts";

/** SQS's limits of one SendMessageBatch: so many messages, and so many bytes in all. */
const [BATCH_MESSAGES, BATCH_BYTES] = [10, 200_000];

export type WebhookQueue = ReturnType<typeof createWebhookQueue>;
export type ReportQueue = ReturnType<typeof createReportQueue>;

/** The calls that are due, on their way to whoever makes them. */
export function createWebhookQueue(queue: Sqs) {
  return {
    /** @throws when SQS refuses any, or does not answer in time; it may have taken them, and twice is safe. */
    async sendAll(tasks: readonly WebhookTask[]): Promise<void> {
      await Promise.all(batchesOf(tasks.map((task) => JSON.stringify(task))).map((batch) => send(batch)));
    },
  };

  async function send(batch: readonly string[]): Promise<void> {
    const Entries = batch.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    const { Failed = [] } = await queue.send("SendMessageBatch", { Entries });
    if (Failed.length > 0)
      throw new Error(`SQS did not take ${Failed.length} webhooks: ${Failed[0]?.Message}`);
  }
}

/** As few batches as SQS allows. */
function batchesOf(texts: readonly string[]): string[][] {
  const batches: string[][] = [];
  let bytes = 0;
  for (const text of texts) {
    const size = Buffer.byteLength(text);
    const last = batches.at(-1);
    if (last && last.length < BATCH_MESSAGES && bytes + size <= BATCH_BYTES) {
      last.push(text);
      bytes += size;
    } else {
      batches.push([text]);
      bytes = size;
    }
  }
  return batches;
}

/** What came of the calls, on its way back to PostgreSQL. */
export function createReportQueue(queue: Sqs) {
  return {
    /** @throws when SQS refuses, or does not answer in time; it may have taken it, and twice is safe. */
    async send(report: CallReport): Promise<void> {
      await queue.send("SendMessage", { MessageBody: JSON.stringify(report) });
    },
  };
}
