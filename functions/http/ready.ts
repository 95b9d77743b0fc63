import { checkStores } from "../../core/check-stores.ts";
import { loadConfig } from "../../core/config.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";

const config = loadConfig([
  "REDIS_URL",
  "REDIS_CLUSTER",
  "REDIS_CA",
  "LEDGER_TABLE",
  "DYNAMODB_ENDPOINT",
  "ORDER_QUEUE_URL",
  "SQS_ENDPOINT",
]);
/** Deployed, this function can't reach PostgreSQL, and nobody's request should: the guardian's heartbeat tells of it. */
const database = config.STAGE === "local" ? loadConfig(["DATABASE_URL"]) : null;

export const handler = endpoint("ready", async () => {
  const stores = await checkStores(config, database);
  const silent = Object.entries(stores).flatMap(([name, isUp]) => (isUp ? [] : [name]));
  if (silent.length === 0) return { status: 200, body: { status: "ready", stores } };
  return refuse("unavailable", { detail: `No answer from: ${silent.join(", ")}`, retryAfterSeconds: 2 });
});
