import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { repeated } from "./order-message.sqs.ts";

export type DeadLetter = {
  readonly messageId: string;
  readonly body: string;
  readonly receives: number;
  readonly sentAtMs: number;
};

/** Long enough to look at all of them; whoever looks next waits this long if we crash. */
const HIDE_SECONDS = 60;
const MOST = 1_000;

export type DeadLetters = ReturnType<typeof createDeadLetters>;

/** Messages that kept failing rest here. A person looks at them, and may move them back. */
export function createDeadLetters(client: SQSClient, queueUrl: string, orderQueueUrl: string) {
  async function receiveAll(): Promise<Message[]> {
    const messages = new Map<string, Message>();
    while (messages.size < MOST) {
      const answer = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: HIDE_SECONDS,
          MessageSystemAttributeNames: ["ApproximateReceiveCount", "SentTimestamp"],
        }),
      );
      if (!answer.Messages?.length) break;
      for (const message of answer.Messages) messages.set(message.MessageId!, message);
    }
    return [...messages.values()];
  }

  const show = ({ ReceiptHandle }: Message) =>
    client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
    );

  return {
    /** All that can be seen now, up to 1,000; they stay where they are. */
    async list(): Promise<DeadLetter[]> {
      const messages = await receiveAll();
      await Promise.all(messages.map(show));
      return messages.map((message) => ({
        messageId: message.MessageId!,
        body: message.Body ?? "",
        receives: Number(message.Attributes?.ApproximateReceiveCount ?? 0),
        sentAtMs: Number(message.Attributes?.SentTimestamp ?? 0),
      }));
    },

    /**
     * Moves messages back to the order queue: those named, or all. Sent before deleted: a crash in between leaves a
     * message in both places, which the consumer takes for a repeat.
     *
     * @returns the ids that were moved.
     */
    async redrive(messageIds: ReadonlySet<string> | "all"): Promise<string[]> {
      const moved: string[] = [];
      for (const message of await receiveAll()) {
        const { MessageId = "", Body = "", ReceiptHandle } = message;
        if (messageIds !== "all" && !messageIds.has(MessageId)) {
          await show(message);
          continue;
        }
        await client.send(new SendMessageCommand({ QueueUrl: orderQueueUrl, ...repeated(Body) }));
        await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
        moved.push(MessageId);
      }
      return moved;
    },
  };
}
