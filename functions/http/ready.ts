import { checkStores } from "../../core/check-stores.ts";
import { loadConfig } from "../../core/config.ts";
import { refuse } from "../answer.ts";
import { endpoint } from "../endpoint.ts";

const config = loadConfig([
  "REDIS_URL",
  "REDIS_CLUSTER",
  "DATABASE_URL",
  "LEDGER_TABLE",
  "DYNAMODB_ENDPOINT",
  "ORDER_QUEUE_URL",
  "SQS_ENDPOINT",
]);

export const handler = endpoint("ready", async () => {
  const stores = await checkStores(config);
  const silent = Object.entries(stores).flatMap(([name, isUp]) => (isUp ? [] : [name]));
  if (silent.length === 0) return { status: 200, body: { status: "ready", stores } };
  return refuse("unavailable", { detail: `No answer from: ${silent.join(", ")}`, retryAfterSeconds: 2 });
});
