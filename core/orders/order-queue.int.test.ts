import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testQueue } from "../../tests/support/test-aws.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { parseReservation } from "../reservation/reservation.ts";
import { openQueueClient } from "./sdk-client.sqs.ts";
import { createDeadLetters } from "./dead-letters.sqs.ts";
import { createOrderQueue } from "./order-queue.sqs.ts";

const { orderQueueUrl, orderDeadLettersUrl, sqsEndpoint } = await testStores();
const sqs = openQueueClient(sqsEndpoint);
afterAll(() => sqs.destroy());
const lean = testQueue({ orderQueueUrl, sqsEndpoint });
const queue = createOrderQueue({
  ...lean,
  send: (action, input, limits) => {
    note(input);
    return lean.send(action, input, limits);
  },
});

const receive = async () => {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: orderQueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  return (Messages ?? []).map(({ Body }) => parseReservation(Body ?? ""));
};

type Sent = {
  readonly MessageBody: string;
  readonly MessageSystemAttributes?: { readonly AWSTraceHeader?: object };
};
/** What went over the wire: the local SQS takes the system attribute, and forgets it. */
const sent: Sent[] = [];
function note(input: object): void {
  const { Entries, ...message } = input as Sent & { Entries?: Sent[] };
  sent.push(...(Entries ?? [message]));
}
sqs.middlewareStack.add(
  (next) => (args) => {
    note(JSON.parse(String(Buffer.from((args.request as { body: Uint8Array }).body))) as object);
    return next(args);
  },
  { step: "finalizeRequest" },
);
const sentTraces = () =>
  sent
    .filter(({ MessageBody }) => MessageBody !== undefined)
    .map((message) => [
      parseReservation(message.MessageBody).place,
      message.MessageSystemAttributes?.AWSTraceHeader,
    ]);

test("a reservation comes out of the queue as it went in, and the depth tells where it is", async () => {
  const reservation = aReservation();
  expect(await queue.depth()).toEqual({ waiting: 0, inFlight: 0 });
  await queue.send(reservation);
  expect(await queue.depth()).toEqual({ waiting: 1, inFlight: 0 });
  expect(await receive()).toEqual([reservation]);
  expect(await queue.depth()).toEqual({ waiting: 0, inFlight: 1 });
});

test("25 sent together all arrive, past SQS's limit of ten", async () => {
  const orders = Array.from({ length: 25 }, (_, i) => aReservation({ place: i + 1 }));
  expect(await queue.sendAll(orders)).toEqual(orders);
  const received = [...(await receive()), ...(await receive()), ...(await receive())];
  expect(received.toSorted((a, b) => a.place - b.place)).toEqual(orders);
});

test("each message bears the trace of its own purchase, whoever sends it, and none where none is known", async () => {
  const traceId = "1-67891233-000000000000000000000001";
  const { traceId: _, ...untraced } = aReservation({ place: 2 });
  sent.length = 0;
  await queue.send(aReservation({ place: 1, traceId }));
  await queue.sendAll([untraced, aReservation({ place: 3, traceId })]);
  const header = { DataType: "String", StringValue: `Root=${traceId};Sampled=1` };
  expect(sentTraces()).toEqual([
    [1, header],
    [2, undefined],
    [3, header],
  ]);
  expect(await receive()).toHaveLength(3);
});

test("a dead letter is moved back with the trace that it came with", async () => {
  const reservation = aReservation();
  await createOrderQueue(testQueue({ orderQueueUrl: orderDeadLettersUrl, sqsEndpoint })).send(reservation);
  sent.length = 0;
  expect(await createDeadLetters(sqs, orderDeadLettersUrl, orderQueueUrl).redrive("all")).toHaveLength(1);
  expect(sentTraces()).toEqual([
    [reservation.place, { DataType: "String", StringValue: `Root=${reservation.traceId};Sampled=1` }],
  ]);
  expect(await receive()).toEqual([reservation]);
});

test("a queue that is not there throws: nothing is known of the message", async () => {
  const gone = createOrderQueue(testQueue({ orderQueueUrl: `${orderQueueUrl}-gone`, sqsEndpoint }));
  await expect(gone.send(aReservation())).rejects.toThrow();
});
