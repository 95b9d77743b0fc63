import { databaseClient } from "../../core/clients/database.ts";
import { loadConfig } from "../../core/config.ts";
import { erasureView, lastErasures } from "../../core/erasure/erasures.postgres.ts";
import { endpoint } from "../compose/endpoint.ts";

const config = loadConfig(["DATABASE_URL", "SESSION_SECRET"]);

export const handler = endpoint("erasures", async () => ({
  status: 200,
  body: { erasures: (await lastErasures(await databaseClient(config))).map(erasureView) },
}));
