import { lastRehearsals } from "../../core/rehearsal/rehearsals.postgres.ts";
import { databaseClient } from "../../core/clients/database.ts";
import { loadConfig } from "../../core/config.ts";
import { endpoint } from "../compose/endpoint.ts";

const config = loadConfig(["DATABASE_URL", "SESSION_SECRET"]);

export const handler = endpoint("listRehearsals", async () => ({
  status: 200,
  body: { rehearsals: await lastRehearsals(await databaseClient(config)) },
}));
