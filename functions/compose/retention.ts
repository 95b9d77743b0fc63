import { databaseClient } from "../../core/clients/database.ts";
import { ledgerItemsClient } from "../../core/clients/retention.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { RetentionDependencies } from "../../core/retention/delete-old-orders.ts";

/** What it takes to delete orders whose time to be kept is over. */
export async function retaining(): Promise<RetentionDependencies> {
  const config = loadConfig(["DATABASE_URL", "LEDGER_TABLE", "DYNAMODB_ENDPOINT"]);
  const [db, ledgerItems] = await Promise.all([databaseClient(config), ledgerItemsClient(config)]);
  return { db, ledgerItems, clock: systemClock };
}
