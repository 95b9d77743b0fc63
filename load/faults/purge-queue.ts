import { PurgeQueueCommand } from "@aws-sdk/client-sqs";
import { localSqs } from "../../local/aws-clients.ts";
import type { StoreAddresses } from "../verdict/read-facts.ts";

/** Empties the order queue of what would otherwise go on failing under the next fault. */
export async function purgeQueue({ sqsEndpoint, orderQueueUrl }: StoreAddresses): Promise<void> {
  const sqs = localSqs(sqsEndpoint);
  try {
    await sqs.send(new PurgeQueueCommand({ QueueUrl: orderQueueUrl }));
  } finally {
    sqs.destroy();
  }
}
