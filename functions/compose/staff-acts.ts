import { databaseClient } from "../../core/clients/database.ts";
import { staffRollsClient } from "../../core/clients/staff-rolls.ts";
import { loadConfig } from "../../core/config.ts";
import { warn } from "../../core/log.ts";
import type { RoleDependencies } from "../../core/people/change-role.ts";

const config = loadConfig(["DATABASE_URL", "IDENTITY_TABLE", "DYNAMODB_ENDPOINT"]);

/** What it takes to bring what was done to the staff's roll into the audit log. */
export async function staffActs(): Promise<Omit<RoleDependencies, "fixed">> {
  const [db, rolls] = await Promise.all([databaseClient(config), staffRollsClient(config)]);
  return { db, rolls, warn };
}
