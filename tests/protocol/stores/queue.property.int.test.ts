import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message as SqsMessage,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { openQueueClient } from "../../../core/orders/sdk-client.sqs.ts";
import { createOrderQueue } from "../../../core/orders/order-queue.sqs.ts";
import { parseReservation } from "../../../core/reservation/reservation.ts";
import { testStores } from "../../support/stores.ts";
import { testQueue } from "../../support/test-aws.ts";
import { aReservation } from "../../support/test-reservation.ts";
import { type Message, messagesIn, type Queue, queueOperations } from "./queue.ts";

const { orderQueueUrl, sqsEndpoint } = await testStores();
const sqs = openQueueClient(sqsEndpoint);
afterAll(() => sqs.destroy());
const queue = createOrderQueue(testQueue({ orderQueueUrl, sqsEndpoint }));
const QueueUrl = orderQueueUrl;

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant("send" as const), order: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.constant({ does: "receive" as const }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("delete" as const), taken: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("comes_again" as const), taken: fc.nat(3) }) },
);

const run = (
  operation: {
    readonly run: (args: never, queue: never) => readonly { readonly next: readonly unknown[] }[];
  },
  message: Message,
  present: Queue,
) => operation.run(message as never, present as never)[0]?.next[0] as Queue;

const waiting = (model: Queue) =>
  messagesIn(model).flatMap(({ message, waiting: copies }) => (copies > 0 ? [message] : []));

async function receive(): Promise<SqsMessage | undefined> {
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1 }));
  return Messages?.[0];
}

const messageOf = (message: SqsMessage): Message => ({
  kind: "order",
  reservation: parseReservation(message.Body ?? ""),
});

/** SQS may give any message that waits; the model must have it waiting, and SQS must give one while one waits. */
test("the explorer's queue holds what SQS holds", async () => {
  const orders = [aReservation(), aReservation(), aReservation()];
  const property = fc.asyncProperty(fc.array(step, { maxLength: 25, size: "max" }), async (steps) => {
    let model: Queue = {};
    const taken: SqsMessage[] = [];
    const take = async () => {
      const message = await receive();
      expect(message === undefined).toBe(waiting(model).length === 0);
      if (!message) return;
      const outcomes = queueOperations.receive.run(null, model);
      const chosen = outcomes.find(
        ({ reply }) => JSON.stringify(reply) === JSON.stringify(messageOf(message)),
      );
      expect(chosen).toBeDefined();
      model = chosen?.next[0] as Queue;
      taken.push(message);
    };
    const remove = async (message: SqsMessage) => {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
      model = run(queueOperations.delete, messageOf(message), model);
    };
    for (const does of steps) {
      const [message] = "taken" in does ? taken.splice(does.taken, 1) : [];
      if (does.does === "receive") await take();
      if (does.does === "send") {
        const reservation = orders[does.order]!;
        // More copies are the same to the model.
        const copies = messagesIn(model).find(
          (slot) => slot.message.kind === "order" && slot.message.reservation.orderId === reservation.orderId,
        );
        if ((copies?.waiting ?? 0) + (copies?.taken ?? 0) >= 2) continue;
        await queue.send(reservation);
        model = run(queueOperations.send, { kind: "order", reservation }, model);
      }
      if (does.does === "delete" && message) await remove(message);
      if (does.does === "comes_again" && message) {
        const { ReceiptHandle } = message;
        await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
        model = run(queueOperations.comesAgain, messageOf(message), model);
      }
    }
    while (waiting(model).length > 0) await take();
    for (const message of taken.splice(0)) await remove(message);
    expect(model).toEqual({});
    expect(await receive()).toBeUndefined();
  });
  await fc.assert(property, { numRuns: 60 });
}, 120_000);
