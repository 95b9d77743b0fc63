import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { SentMarks } from "../mail/sent-mails.dynamo.ts";
import type { PushQueue } from "../push/push-queue.sqs.ts";
import type { PushMark } from "../push/send-push.ts";
import type { Pushes } from "../push/subscriptions.dynamo.ts";

/** Where what browsers are to be told waits to be sent. */
export const pushQueueClient = (config: Config<"PUSH_QUEUE_URL" | "SQS_ENDPOINT">): Promise<PushQueue> =>
  once(config.PUSH_QUEUE_URL, async () => {
    const [{ openSqs }, { createPushQueue }] = await Promise.all([
      import("../aws/connect.sqs.ts"),
      import("../push/push-queue.sqs.ts"),
    ]);
    const sqs = openSqs(config.PUSH_QUEUE_URL, config.SQS_ENDPOINT);
    return { client: createPushQueue(sqs), close: async () => sqs.close() };
  });

type TableConfig = Config<"IDENTITY_TABLE" | "DYNAMODB_ENDPOINT">;

/** The browsers that are told, in the table of the buyers. */
export const pushesClient = (config: TableConfig): Promise<Pushes> =>
  once("pushes", async () => {
    const [{ openDynamo }, { createPushes }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../push/subscriptions.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    return { client: createPushes(dynamo, config.IDENTITY_TABLE), close: async () => dynamo.close() };
  });

/** What each of them was told, beside them. */
export const pushMarksClient = (config: TableConfig): Promise<SentMarks<PushMark>> =>
  once("push marks", async () => {
    const [{ openDynamo }, { createSentMarks }, { pushMark }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../mail/sent-mails.dynamo.ts"),
      import("../push/send-push.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const client = createSentMarks<PushMark>(dynamo, config.IDENTITY_TABLE, pushMark);
    return { client, close: async () => dynamo.close() };
  });
