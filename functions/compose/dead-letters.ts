import { deadLetterBox } from "../../core/clients/dead-letters.ts";
import { loadConfig } from "../../core/config.ts";
import type { DeadLetters } from "../../core/orders/dead-letters.sqs.ts";

const config = loadConfig(["ORDER_QUEUE_URL", "ORDER_DEAD_LETTERS_URL", "SQS_ENDPOINT"]);

export const deadLetters = (): Promise<DeadLetters> => deadLetterBox(config);
