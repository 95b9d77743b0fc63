import { databaseClient } from "../../core/clients/database.ts";
import { staffRollsClient } from "../../core/clients/staff-rolls.ts";
import { loadConfig } from "../../core/config.ts";
import { parseStaff } from "../../core/identity/staff.ts";
import { warn } from "../../core/log.ts";
import type { RoleDependencies } from "../../core/people/change-role.ts";

const config = loadConfig(["DATABASE_URL", "IDENTITY_TABLE", "DYNAMODB_ENDPOINT", "STAFF", "SESSION_SECRET"]);
const fixed = parseStaff(config.STAFF);

/** What it takes to see and change who works here. */
export async function staff(): Promise<RoleDependencies> {
  const [db, rolls] = await Promise.all([databaseClient(config), staffRollsClient(config)]);
  return { db, rolls, fixed, warn };
}
