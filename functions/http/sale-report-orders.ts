import { databaseClient } from "../../core/clients/database.ts";
import { loadConfig } from "../../core/config.ts";
import { orderLines } from "../../core/evidence/reported-orders.postgres.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["DATABASE_URL", "SESSION_SECRET"]);

export const handler = endpoint("saleReportOrders", async ({ event, query }) => {
  const saleId = readPathId(event, "saleId");
  const { text, next } = await orderLines(await databaseClient(config), saleId, query.after ?? null);
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  return { status: 200, body: text, headers: next === null ? headers : { ...headers, "x-next": next } };
});
