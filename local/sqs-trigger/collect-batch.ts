import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "@aws-sdk/client-sqs";
import type { Sqs } from "../../core/aws/connect.sqs.ts";

/** SQS's own limit for one receive. */
const RECEIVE_SIZE = 10;
const PARALLEL_RECEIVES = 8;
/** Short, because it bounds how long a stop takes. */
const LONG_POLL_SECONDS = 1;
/** While a batch waits for its window: a receive for each few messages would cost more than the messages. */
const POLL_AGAIN_MS = 100;
/** Of a receive that may wait; a machine under load answers late. */
const RECEIVE_LIMIT_MS = 5_000;

type BatchLimits = { readonly batchSize: number; readonly batchWindowMs: number };

/**
 * Waits for a message, then gathers more until the batch is full or its window ends; a window of 0 takes only what is there.
 * While receives come back full, several run at once.
 */
export async function collectBatch(
  queue: Sqs,
  { batchSize, batchWindowMs }: BatchLimits,
  stopping: AbortSignal,
  signal: AbortSignal,
): Promise<Message[]> {
  const receive = async (most: number, waitSeconds: number): Promise<Message[]> => {
    const request = {
      MaxNumberOfMessages: Math.min(RECEIVE_SIZE, most),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ["All" as const],
      MessageAttributeNames: ["All"],
    };
    const answer = await queue.send("ReceiveMessage", request, { limitMs: RECEIVE_LIMIT_MS, signal });
    return answer.Messages ?? [];
  };

  const batch = await receive(batchSize, LONG_POLL_SECONDS);
  if (batch.length === 0) return batch;
  const windowEndsMs = performance.now() + batchWindowMs;
  let isFlowing = batch.length === RECEIVE_SIZE;
  while (batch.length < batchSize && !stopping.aborted) {
    const leftMs = windowEndsMs - performance.now();
    if (leftMs <= 0 && !isFlowing) break;
    const room = batchSize - batch.length;
    const sizes = isFlowing ? split(room) : [room];
    const received = (await Promise.all(sizes.map((size) => receive(size, 0)))).flat();
    batch.push(...received);
    isFlowing = received.length >= Math.min(room, RECEIVE_SIZE * sizes.length);
    if (!isFlowing && leftMs > 0 && batch.length < batchSize) await sleep(Math.min(POLL_AGAIN_MS, leftMs));
  }
  return batch;
}

/** Splits the room left in a batch over parallel receives. */
function split(room: number): number[] {
  const count = Math.min(PARALLEL_RECEIVES, Math.ceil(room / RECEIVE_SIZE));
  return Array.from({ length: count }, (_, index) => Math.min(RECEIVE_SIZE, room - index * RECEIVE_SIZE));
}
