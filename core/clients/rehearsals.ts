import type { Config } from "../config.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { once } from "../opened.ts";
import type { RehearsalQueue } from "../rehearsal/rehearsal-queue.sqs.ts";

/** The queue of rehearsals whose crowd is to come. */
export const rehearsalQueueClient = (
  config: Config<"REHEARSAL_QUEUE_URL" | "SQS_ENDPOINT">,
): Promise<RehearsalQueue> =>
  once(config.REHEARSAL_QUEUE_URL, async () => {
    const [{ openSqs }, { createRehearsalQueue }] = await Promise.all([
      import("../aws/connect.sqs.ts"),
      import("../rehearsal/rehearsal-queue.sqs.ts"),
    ]);
    const sqs = openSqs(config.REHEARSAL_QUEUE_URL, config.SQS_ENDPOINT);
    return { client: createRehearsalQueue(sqs), close: async () => sqs.close() };
  });

/** DynamoDB, for what a rehearsal removes from the ledger's table. */
export const purgeTable = (config: Config<"DYNAMODB_ENDPOINT">): Promise<Dynamo> =>
  once("rehearsals", async () => {
    const { openDynamo } = await import("../dynamo/connect.dynamo.ts");
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    return { client: dynamo, close: async () => dynamo.close() };
  });
