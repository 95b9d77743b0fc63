import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, expect, test } from "vitest";
import { testStores } from "../../tests/stores.ts";
import { aReservation } from "../../tests/test-reservation.ts";
import { parseReservation } from "../purchase/reservation.ts";
import { openQueueClient } from "./connect.sqs.ts";
import { createOrderQueue } from "./order-queue.sqs.ts";

const { orderQueueUrl, sqsEndpoint } = await testStores();
const sqs = openQueueClient(sqsEndpoint);
afterAll(() => sqs.destroy());
const queue = createOrderQueue(sqs, orderQueueUrl);

const receive = async () => {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: orderQueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  return (Messages ?? []).map(({ Body }) => parseReservation(Body ?? ""));
};

test("a reservation comes out of the queue as it went in, and the depth tells where it is", async () => {
  const one = aReservation();
  expect(await queue.depth()).toEqual({ waiting: 0, inFlight: 0 });
  await queue.send(one);
  expect(await queue.depth()).toEqual({ waiting: 1, inFlight: 0 });
  expect(await receive()).toEqual([one]);
  expect(await queue.depth()).toEqual({ waiting: 0, inFlight: 1 });
});

test("25 sent together all arrive, past SQS's limit of ten", async () => {
  const orders = Array.from({ length: 25 }, (_, i) => aReservation({ place: i + 1 }));
  expect(await queue.sendAll(orders)).toEqual(orders);
  const received = [...(await receive()), ...(await receive()), ...(await receive())];
  expect(received.toSorted((a, b) => a.place - b.place)).toEqual(orders);
});

test("a queue that is not there throws: nothing is known of the message", async () => {
  const gone = createOrderQueue(sqs, `${orderQueueUrl}-gone`);
  await expect(gone.send(aReservation())).rejects.toThrow();
});
