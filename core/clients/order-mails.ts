import type { Config } from "../config.ts";
import type { MailQueue } from "../mail/mail-queue.sqs.ts";
import type { SentMails } from "../mail/sent-mails.dynamo.ts";
import { once } from "../opened.ts";

/** Where mails about orders wait to be sent. */
export const mailQueueClient = (config: Config<"MAIL_QUEUE_URL" | "SQS_ENDPOINT">): Promise<MailQueue> =>
  once(config.MAIL_QUEUE_URL, async () => {
    const [{ openSqs }, { createMailQueue }] = await Promise.all([
      import("../aws/connect.sqs.ts"),
      import("../mail/mail-queue.sqs.ts"),
    ]);
    const sqs = openSqs(config.MAIL_QUEUE_URL, config.SQS_ENDPOINT);
    return { client: createMailQueue(sqs), close: async () => sqs.close() };
  });

/** Which of them were sent, in the table of the buyers. */
export const sentMailsClient = (config: Config<"IDENTITY_TABLE" | "DYNAMODB_ENDPOINT">): Promise<SentMails> =>
  once("sent mails", async () => {
    const [{ openDocumentClient }, { createSentMails }] = await Promise.all([
      import("../dynamo/sdk-client.dynamo.ts"),
      import("../mail/sent-mails.dynamo.ts"),
    ]);
    const dynamo = openDocumentClient(config.DYNAMODB_ENDPOINT);
    const client = createSentMails(dynamo, config.IDENTITY_TABLE);
    return { client, close: async () => dynamo.destroy() };
  });
