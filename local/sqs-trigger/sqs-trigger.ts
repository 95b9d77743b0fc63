import { setTimeout as sleep } from "node:timers/promises";
import type { Sqs } from "../../core/aws/connect.sqs.ts";
import { localQueue } from "../aws-clients.ts";
import type { FunctionSpec, Runner } from "../runner/runner.ts";
import { collectBatch } from "./collect-batch.ts";
import { deleteMessages } from "./delete-messages.ts";
import { failedMessages } from "./failed-messages.ts";
import { queueArn, toRecord } from "./to-record.ts";

export type SqsTriggerOptions = {
  readonly endpoint: string;
  readonly queueUrl: string;
  readonly function: FunctionSpec;
  readonly runner: Runner;
  readonly batchSize: number;
  /** How long a batch may wait to fill up after its first message. AWS knows whole seconds only. */
  readonly batchWindowMs: number;
  /** Most invocations at once. */
  readonly maximumConcurrency: number;
  /** Hears of functions that failed and of a queue that does not answer; the trigger goes on. */
  readonly onError: (error: unknown) => void;
};

export type SqsTrigger = {
  /** Stops receiving, lets invocations in flight end and their messages be deleted; those of minutes are left behind. */
  stop(): Promise<void>;
};

const RETRY_AFTER_MS = 200;
const STOP_LIMIT_MS = 3000;
/** Nobody who stops a machine waits for a function that may take longer; its message comes again. */
const LONG_SECONDS = 60;

/**
 * Feeds a function from a queue as AWS's event source mapping does, partial batch responses included.
 *
 * What a function did not take is left alone: it becomes visible again after the queue's visibility time-out, and moves to
 * the dead-letter queue by the queue's redrive policy. Not imitated: the 6 MB limit of a batch, and scaling up slowly.
 */
export function startSqsTrigger(options: SqsTriggerOptions): SqsTrigger {
  const queue = localQueue(options.endpoint, options.queueUrl);
  const stopping = new AbortController();
  const aborting = new AbortController();
  let collecting: Promise<unknown> = Promise.resolve();

  /** One slot of the concurrency: collect, invoke, delete, again. A slot collects alone, so that batches fill up. */
  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      const turn = collecting.then(() =>
        stopping.signal.aborted ? [] : collectBatch(queue, options, stopping.signal, aborting.signal),
      );
      collecting = turn.catch(() => {});
      try {
        await runBatch(queue, options, await turn);
      } catch (error) {
        if (aborting.signal.aborted) return;
        options.onError(error);
        await sleep(RETRY_AFTER_MS);
      }
    }
  }

  const slots = Array.from({ length: options.maximumConcurrency }, work);
  async function stop(): Promise<void> {
    stopping.abort();
    // A receive that is given up may take messages with it until they become visible again: only as a last resort.
    const limit = setTimeout(() => aborting.abort(), STOP_LIMIT_MS);
    const isLong = options.function.timeLimitSeconds > LONG_SECONDS;
    const over: Promise<unknown>[] = [Promise.all(slots)];
    if (isLong) over.push(sleep(STOP_LIMIT_MS, undefined, { ref: false }));
    await Promise.race(over);
    clearTimeout(limit);
    queue.close();
  }
  return { stop };
}

type Batch = Awaited<ReturnType<typeof collectBatch>>;

async function runBatch(queue: Sqs, options: SqsTriggerOptions, batch: Batch): Promise<void> {
  if (batch.length === 0) return;
  const arn = queueArn(options.queueUrl);
  const records = batch.map((message) => toRecord(message, arn));
  const answer = await options.runner.invoke(options.function, { Records: records });
  const failed = failedMessages(new Set(records.map((record) => record.messageId)), answer);
  const done = batch.filter((message) => !failed.has(message.MessageId ?? ""));
  await deleteMessages(queue, done);
}
