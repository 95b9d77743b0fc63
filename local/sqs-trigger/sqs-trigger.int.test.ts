import { setTimeout as sleep } from "node:timers/promises";
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type TestStores, testStores } from "../../tests/support/stores.ts";
import { localSqs } from "../aws-clients.ts";
import { type SqsTrigger, type SqsTriggerOptions, startSqsTrigger } from "./sqs-trigger.ts";

let stores: TestStores;
let client: ReturnType<typeof localSqs>;
let trigger: SqsTrigger | undefined;
let batches: string[][] = [];
let errors: unknown[] = [];

beforeAll(async () => {
  stores = await testStores();
  client = localSqs(stores.sqsEndpoint);
  await setQueue({ VisibilityTimeout: "1" });
});
beforeEach(() => {
  batches = [];
  errors = [];
});
afterEach(async () => {
  await trigger?.stop();
  expect(await countIn(stores.orderQueueUrl)).toBe(0);
});
afterAll(() => client.destroy());

type Answer = (event: SQSEvent, call: number) => unknown;

function start(answer: Answer, options: Partial<SqsTriggerOptions> = {}): void {
  let calls = 0;
  const invoke = async (_spec: unknown, event: unknown) => {
    const { Records } = event as SQSEvent;
    batches.push(Records.map((record) => record.body));
    return answer({ Records }, ++calls);
  };
  trigger = startSqsTrigger({
    endpoint: stores.sqsEndpoint,
    queueUrl: stores.orderQueueUrl,
    function: { handler: "none", timeLimitSeconds: 5 },
    runner: { invoke, stop: () => Promise.resolve() },
    batchSize: 100,
    batchWindowMs: 50,
    maximumConcurrency: 1,
    onError: (error) => errors.push(error),
    ...options,
  });
}

const setQueue = (Attributes: Record<string, string>) =>
  client.send(new SetQueueAttributesCommand({ QueueUrl: stores.orderQueueUrl, Attributes }));

async function send(...bodies: string[]): Promise<void> {
  for (let at = 0; at < bodies.length; at += 10) {
    const Entries = bodies.slice(at, at + 10).map((MessageBody, index) => ({
      Id: String(index),
      MessageBody,
      MessageAttributes: { traceId: { DataType: "String", StringValue: "t-1" } },
    }));
    await client.send(new SendMessageBatchCommand({ QueueUrl: stores.orderQueueUrl, Entries }));
  }
}

async function countIn(QueueUrl: string): Promise<number> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] });
  const { Attributes = {} } = await client.send(command);
  return (
    Number(Attributes["ApproximateNumberOfMessages"]) +
    Number(Attributes["ApproximateNumberOfMessagesNotVisible"])
  );
}

const seen = () => batches.flat().length;
const until = (condition: () => boolean | Promise<boolean>) =>
  expect.poll(condition, { timeout: 15_000, interval: 10 }).toBe(true);
const untilEmpty = () => until(async () => (await countIn(stores.orderQueueUrl)) === 0);
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);

test("a record has the shape of Lambda's", async () => {
  let event: SQSEvent | undefined;
  start((received) => void (event = received));
  await send("hello");
  await untilEmpty();
  expect(event?.Records).toHaveLength(1);
  expect(event?.Records[0]).toMatchObject({
    body: "hello",
    md5OfBody: "5d41402abc4b2a76b9719d911017c592",
    eventSource: "aws:sqs",
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${stores.prefix}orders`,
    awsRegion: "us-east-1",
    attributes: { ApproximateReceiveCount: "1" },
    messageAttributes: { traceId: { dataType: "String", stringValue: "t-1" } },
  });
});

test("a batch fills up to its size from many receives", async () => {
  await send(...numbered(250));
  start(() => null);
  await untilEmpty();
  expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50]);
  expect(new Set(batches.flat())).toEqual(new Set(numbered(250)));
});

test("messages that come within the window share a batch; later ones do not", async () => {
  start(() => undefined, { batchWindowMs: 400 });
  await send("first");
  await sleep(100);
  await send("second");
  await until(() => seen() === 2);
  await send("third");
  await untilEmpty();
  expect(batches).toEqual([["first", "second"], ["third"]]);
});

test("a window of 0 does not wait", async () => {
  start(() => "", { batchWindowMs: 0 });
  const sentMs = performance.now();
  await send("alone");
  await until(() => seen() === 1);
  expect(performance.now() - sentMs).toBeLessThan(500);
  await untilEmpty();
});

test("only the message reported failed comes again, whatever its position", async () => {
  await send(...numbered(25));
  const failed: string[] = [];
  start(
    ({ Records }, call) => {
      if (call > 5) return { batchItemFailures: [] };
      const record = Records[call - 1];
      failed.push(record?.body ?? "");
      return { batchItemFailures: [{ itemIdentifier: record?.messageId }] };
    },
    { batchSize: 5 },
  );
  await until(() => seen() === 30);
  await untilEmpty();
  expect(batches.slice(0, 5).map((batch) => batch.length)).toEqual([5, 5, 5, 5, 5]);
  expect(batches.slice(5).flat().toSorted()).toEqual(failed.toSorted());
});

test("an answer that names an unknown message fails the whole batch", async () => {
  start((_event, call) => (call === 1 ? { batchItemFailures: [{ itemIdentifier: "someone else" }] } : null));
  await send("a", "b", "c");
  await until(() => seen() >= 6);
  await untilEmpty();
  expect(batches.flat().toSorted()).toEqual(["a", "a", "b", "b", "c", "c"]);
});

test("a function that throws fails the whole batch, and is heard of", async () => {
  start((_event, call) => {
    if (call === 1) throw new Error("scripted failure");
    return null;
  });
  await send("a", "b");
  await untilEmpty();
  expect(batches.flat().toSorted()).toEqual(["a", "a", "b", "b"]);
  expect(errors).toHaveLength(1);
});

test("a message that always fails rests in the dead-letter queue after its last receive", async () => {
  const counts: string[] = [];
  start(({ Records }) => ({
    batchItemFailures: Records.filter((record) => record.body === "poison").map((record) => {
      counts.push(record.attributes.ApproximateReceiveCount);
      return { itemIdentifier: record.messageId };
    }),
  }));
  await send("good", "poison", "good too");
  await until(async () => (await countIn(stores.orderDeadLettersUrl)) === 1);
  const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl: stores.orderDeadLettersUrl }));
  expect(Messages?.map((message) => message.Body)).toEqual(["poison"]);
  expect(counts).toEqual(["1", "2", "3", "4", "5"]);
});

test("no more invocations run at once than allowed, and a stop lets them end", async () => {
  let running = 0;
  let most = 0;
  const slow: Answer = async () => {
    most = Math.max(most, ++running);
    await sleep(100);
    running--;
    return null;
  };
  await send(...numbered(40));
  start(slow, { batchSize: 5, batchWindowMs: 0, maximumConcurrency: 3 });
  await until(() => seen() === 40);
  await trigger?.stop();
  expect([most, running]).toEqual([3, 0]);
  expect(await countIn(stores.orderQueueUrl)).toBe(0);
});
