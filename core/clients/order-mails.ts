import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { warn } from "../log.ts";
import type { MailQueue } from "../mail/mail-queue.sqs.ts";
import type { SentMails } from "../mail/sent-mails.dynamo.ts";
import { once } from "../opened.ts";
import { pushQueueClient } from "./push.ts";

/** Where mails about orders wait to be sent, and with them what browsers are told. */
export const mailQueueClient = (
  config: Config<"MAIL_QUEUE_URL" | "PUSH_QUEUE_URL" | "SQS_ENDPOINT">,
): Promise<MailQueue> =>
  once(config.MAIL_QUEUE_URL, async () => {
    const [{ openSqs }, { createMailQueue }, { withPushes }, pushes] = await Promise.all([
      import("../aws/connect.sqs.ts"),
      import("../mail/mail-queue.sqs.ts"),
      import("../push/with-pushes.ts"),
      pushQueueClient(config),
    ]);
    const sqs = openSqs(config.MAIL_QUEUE_URL, config.SQS_ENDPOINT);
    const client = withPushes(createMailQueue(sqs), { pushes, clock: systemClock, warn });
    return { client, close: async () => sqs.close() };
  });

/** The same queue for what is told by mail alone. */
export const mailsAloneClient = (config: Config<"MAIL_QUEUE_URL" | "SQS_ENDPOINT">): Promise<MailQueue> =>
  once(`${config.MAIL_QUEUE_URL} alone`, async () => {
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
    const [{ openDynamo }, { createSentMails }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../mail/sent-mails.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const client = createSentMails(dynamo, config.IDENTITY_TABLE);
    return { client, close: async () => dynamo.close() };
  });
