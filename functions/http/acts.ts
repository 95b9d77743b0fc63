import { actsBefore } from "../../core/acts/acts.postgres.ts";
import { databaseClient } from "../../core/clients/database.ts";
import { addressesClient } from "../../core/clients/identity.ts";
import { loadConfig } from "../../core/config.ts";
import { endpoint } from "../compose/endpoint.ts";

const config = loadConfig(["DATABASE_URL", "IDENTITY_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("acts", async ({ query }) => {
  const [db, addresses] = await Promise.all([databaseClient(config), addressesClient(config)]);
  return { status: 200, body: await actsBefore(db, addresses, query.before ?? null) };
});
