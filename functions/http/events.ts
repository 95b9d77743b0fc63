import { databaseClient } from "../../core/clients/database.ts";
import { loadConfig } from "../../core/config.ts";
import { readFeed } from "../../core/events/feed.postgres.ts";
import { endpoint } from "../compose/endpoint.ts";

const config = loadConfig(["DATABASE_URL", "SESSION_SECRET"]);

export const handler = endpoint("events", async ({ query }) => ({
  status: 200,
  body: await readFeed(await databaseClient(config), query),
}));
