import { databaseClient } from "../../core/clients/database.ts";
import { rehearsalQueueClient } from "../../core/clients/rehearsals.ts";
import { loadConfig } from "../../core/config.ts";
import { warn } from "../../core/log.ts";

const config = loadConfig(["DATABASE_URL", "REHEARSAL_QUEUE_URL", "SQS_ENDPOINT"]);

/** What it takes to take up rehearsals that were left. */
export async function leftBehind() {
  const [db, queue] = await Promise.all([databaseClient(config), rehearsalQueueClient(config)]);
  return { db, queue, warn };
}
