import { loadConfig } from "../../core/config.ts";
import { openQueueClient } from "../../core/orders/sdk-client.sqs.ts";
import { createDeadLetters } from "../../core/orders/dead-letters.sqs.ts";
import { guardDependencies } from "../../core/clients/guard-dependencies.ts";
import type { OperationDependencies } from "./operate.ts";

/** Everything that an operator's command may need. */
export async function operationDependencies(): Promise<OperationDependencies> {
  const config = loadConfig(["ORDER_QUEUE_URL", "ORDER_DEAD_LETTERS_URL", "SQS_ENDPOINT"]);
  const sqs = openQueueClient(config.SQS_ENDPOINT);
  const deadLetterBox = createDeadLetters(sqs, config.ORDER_DEAD_LETTERS_URL, config.ORDER_QUEUE_URL);
  return { ...(await guardDependencies()), deadLetterBox };
}
