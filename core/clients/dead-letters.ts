import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { DeadLetters } from "../orders/dead-letters.sqs.ts";

/** The messages that kept failing, for whoever looks at them and sends them again. */
export const deadLetterBox = (
  config: Config<"ORDER_QUEUE_URL" | "ORDER_DEAD_LETTERS_URL" | "SQS_ENDPOINT">,
): Promise<DeadLetters> =>
  once("dead letters", async () => {
    const [{ openQueueClient }, { createDeadLetters }] = await Promise.all([
      import("../orders/sdk-client.sqs.ts"),
      import("../orders/dead-letters.sqs.ts"),
    ]);
    const sqs = openQueueClient(config.SQS_ENDPOINT);
    const client = createDeadLetters(sqs, config.ORDER_DEAD_LETTERS_URL, config.ORDER_QUEUE_URL);
    return { client, close: async () => sqs.destroy() };
  });
