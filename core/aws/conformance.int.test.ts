import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testQueue } from "../../tests/support/test-aws.ts";
import type { Sqs } from "./connect.sqs.ts";
import { awsClientSettings } from "./sdk-settings.ts";

const stores = await testStores();
const client = new SQSClient(awsClientSettings(stores.sqsEndpoint));
afterAll(() => client.destroy());

/** The SDK's client under the same verb. */
function overSdk(QueueUrl: string): Sqs {
  const commands = {
    SendMessage: (input: object) => client.send(new SendMessageCommand({ QueueUrl, ...input } as never)),
    SendMessageBatch: (input: object) =>
      client.send(new SendMessageBatchCommand({ QueueUrl, ...input } as never)),
    ReceiveMessage: (input: object) => client.send(new ReceiveMessageCommand({ QueueUrl, ...input })),
    DeleteMessageBatch: (input: object) =>
      client.send(new DeleteMessageBatchCommand({ QueueUrl, ...input } as never)),
    GetQueueAttributes: (input: object) => client.send(new GetQueueAttributesCommand({ QueueUrl, ...input })),
  } as const;
  return { send: (action, input) => commands[action](input) as never, close: () => {} };
}

const clients = [
  ["ours", testQueue(stores)],
  ["the SDK's", overSdk(stores.orderQueueUrl)],
] as const;
const anId = expect.any(String) as string;

test.each(
  clients.flatMap(([sendersName, sender]) =>
    clients.map(([takersName, taker]) => ({ sendersName, takersName, sender, taker })),
  ),
)("what $sendersName client sent, $takersName takes and deletes", async ({ sender, taker }) => {
  const MessageBody = '{"name":"Käthe"}';
  const sent = await sender.send("SendMessage", {
    MessageBody,
    MessageAttributes: { kind: { DataType: "String", StringValue: "order" } },
  });
  const batch = await sender.send("SendMessageBatch", {
    Entries: ["a", "b"].map((Id) => ({ Id, MessageBody: Id })),
  });
  expect(sent.MessageId).toEqual(anId);
  expect(batch.Successful?.map(({ Id }) => Id)).toEqual(["a", "b"]);

  const { Messages = [] } = await taker.send("ReceiveMessage", {
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ["All"],
    MessageAttributeNames: ["All"],
  });
  expect(new Set(Messages.map(({ Body }) => Body))).toEqual(new Set(["a", "b", MessageBody]));
  expect(Messages.find(({ Body }) => Body === MessageBody)).toMatchObject({
    MessageId: sent.MessageId,
    ReceiptHandle: anId,
    Attributes: { ApproximateReceiveCount: "1", SentTimestamp: anId },
    MessageAttributes: { kind: { DataType: "String", StringValue: "order" } },
  });

  const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  const deleted = await taker.send("DeleteMessageBatch", { Entries });
  expect(deleted.Successful).toHaveLength(3);
  const { Attributes } = await taker.send("GetQueueAttributes", {
    AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
  });
  expect(Attributes).toEqual({
    ApproximateNumberOfMessages: "0",
    ApproximateNumberOfMessagesNotVisible: "0",
  });
});

test("an empty queue is answered alike", async () => {
  for (const [, queue] of clients)
    expect((await queue.send("ReceiveMessage", { WaitTimeSeconds: 0 })).Messages ?? []).toEqual([]);
});

const gone = `${stores.orderQueueUrl}-gone`;
test.each([
  ["a queue that is not there", gone, [{ Id: "a", MessageBody: "a" }]],
  [
    "a batch with an id twice",
    stores.orderQueueUrl,
    ["a", "b"].map((MessageBody) => ({ Id: "1", MessageBody })),
  ],
])("%s is refused alike", async (_, orderQueueUrl, Entries) => {
  const errors: unknown[] = [];
  for (const queue of [testQueue({ ...stores, orderQueueUrl }), overSdk(orderQueueUrl)])
    await queue.send("SendMessageBatch", { Entries }).catch((error: unknown) => errors.push(error));
  const [ours, theirs] = errors as [Error, Error];
  expect(errors).toHaveLength(2);
  expect({ name: ours.name, message: ours.message }).toEqual({ name: theirs.name, message: theirs.message });
});
