import * as v from "valibot";
import type { Sqs } from "../aws/connect.sqs.ts";
import { chunk } from "../dynamo/write-items.dynamo.ts";
import { orderMail, type OrderMail } from "./order-mail.ts";

/** Of one message: as many as a function sends well within its time limit, however slowly SES takes them. */
export const MAILS_A_MESSAGE = 10;
/** SQS's limit of one SendMessageBatch. */
const BATCH_MESSAGES = 10;

const message = v.object({ mails: v.pipe(v.array(orderMail), v.maxLength(MAILS_A_MESSAGE)) });

export type MailQueue = ReturnType<typeof createMailQueue>;

/** The mails that are due, between the orders and whoever sends them. */
export function createMailQueue(queue: Sqs) {
  async function sendMessages(messages: readonly (readonly OrderMail[])[]): Promise<void> {
    const Entries = messages.map((mails, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify({ mails }),
    }));
    const { Failed = [] } = await queue.send("SendMessageBatch", { Entries });
    if (Failed.length > 0)
      throw new Error(`SQS did not take ${Failed.length} messages: ${Failed[0]?.Message}`);
  }

  return {
    /** Has mails sent; safe to repeat. @throws when SQS refuses any of them, or does not answer in time. */
    async sendAll(mails: readonly OrderMail[]): Promise<void> {
      const batches = chunk(chunk(mails, MAILS_A_MESSAGE), BATCH_MESSAGES);
      await Promise.all(batches.map(sendMessages));
    },
  };
}

/** The mails in a message. @throws ValiError when it was not written by us. */
export const readMails = (body: string): OrderMail[] => v.parse(message, JSON.parse(body)).mails;
