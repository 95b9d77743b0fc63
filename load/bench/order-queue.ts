import { setTimeout as sleep } from "node:timers/promises";
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { createOrderQueue } from "../../core/orders/order-queue.sqs.ts";
import type { Reservation } from "../../core/reservation/reservation.ts";
import { consumers } from "../../core/topology.ts";
import { localQueue, localSqs } from "../../local/aws-clients.ts";
import type { Runner } from "../../local/runner/runner.ts";
import { startSqsTrigger } from "../../local/sqs-trigger/sqs-trigger.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { chunk } from "./chunk.ts";

const SEND_SIZE = 10;
const CONCURRENT_SENDS = 8;
const LOOK_EVERY_MS = 5;

/** Puts the orders on the queue, which nothing reads yet. */
export async function fillQueue(
  cloud: Pick<BenchCloud, "sqsEndpoint" | "orderQueueUrl">,
  orders: readonly Reservation[],
): Promise<void> {
  const sqs = localSqs(cloud.sqsEndpoint);
  for (const together of chunk(chunk(orders, SEND_SIZE), CONCURRENT_SENDS))
    await Promise.all(
      together.map((some) => {
        const entries = some.map((order, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(order),
        }));
        return sqs.send(new SendMessageBatchCommand({ QueueUrl: cloud.orderQueueUrl, Entries: entries }));
      }),
    );
  sqs.destroy();
}

/** Runs the order trigger with production's limits until the queue is empty; answers the seconds that it took. */
export async function drainQueue(cloud: BenchCloud, runner: Runner, count: number): Promise<number> {
  const { batchSize, batchWindowSeconds, maximumConcurrency } = consumers.orderConsumer;
  let taken = 0;
  const all = Promise.withResolvers<void>();
  const counting: Runner = {
    stop: async () => {},
    invoke: async (spec, event) => {
      const answer = await runner.invoke(spec, event);
      taken += (event as { Records: unknown[] }).Records.length;
      if (taken >= count) all.resolve();
      return answer;
    },
  };
  const startedMs = performance.now();
  const trigger = startSqsTrigger({
    endpoint: cloud.sqsEndpoint,
    queueUrl: cloud.orderQueueUrl,
    function: consumers.orderConsumer,
    runner: counting,
    batchSize,
    batchWindowMs: batchWindowSeconds * 1000,
    maximumConcurrency,
    onError: (error) => console.error(error),
  });
  const sqs = localQueue(cloud.sqsEndpoint, cloud.orderQueueUrl);
  const queue = createOrderQueue(sqs);
  await all.promise;
  while ((await queue.depth()).inFlight > 0) await sleep(LOOK_EVERY_MS);
  const seconds = (performance.now() - startedMs) / 1000;
  await trigger.stop();
  sqs.close();
  return seconds;
}
