import * as v from "valibot";
import type { Sqs } from "../aws/connect.sqs.ts";
import { chunk } from "../dynamo/write-items.dynamo.ts";
import { type PushNotice, pushNotice } from "./notice.ts";

/** Of one message: each may be for several browsers, and all of them are called at once. */
const NOTICES_A_MESSAGE = 10;
/** SQS's limit of one SendMessageBatch. */
const BATCH_MESSAGES = 10;

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const message = v.object({
  notices: v.pipe(v.array(pushNotice), v.maxLength(NOTICES_A_MESSAGE)),
  /** How often they were tried before. */
  tries: whole,
});
export type PushTask = v.InferOutput<typeof message>;

export type PushQueue = ReturnType<typeof createPushQueue>;

/** What buyers' browsers are to be told, on its way to whoever calls the push services. */
export function createPushQueue(queue: Sqs) {
  async function send(tasks: readonly (readonly PushNotice[])[]): Promise<void> {
    const Entries = tasks.map((notices, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify({ notices, tries: 0 } satisfies PushTask | object),
    }));
    const { Failed = [] } = await queue.send("SendMessageBatch", { Entries });
    if (Failed.length > 0)
      throw new Error(`SQS did not take ${Failed.length} messages: ${Failed[0]?.Message}`);
  }

  return {
    /** Has browsers told; safe to repeat. @throws when SQS refuses any of them, or does not answer in time. */
    async sendAll(notices: readonly PushNotice[]): Promise<void> {
      const batches = chunk(chunk(notices, NOTICES_A_MESSAGE), BATCH_MESSAGES);
      await Promise.all(batches.map(send));
    },

    /** Has one tried again after a while: the queue waits, not a function. @throws as `sendAll`. */
    async sendLater(notice: PushNotice, tries: number, waitMs: number): Promise<void> {
      await queue.send("SendMessage", {
        MessageBody: JSON.stringify({ notices: [notice], tries } satisfies PushTask),
        DelaySeconds: Math.ceil(waitMs / 1_000),
      });
    },
  };
}

/** @throws ValiError when it was not written by us. */
export const readPushTask = (body: string): PushTask => v.parse(message, JSON.parse(body));
