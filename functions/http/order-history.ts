import { orderHistory } from "../../core/wishes/order-history.postgres.ts";
import { databaseClient } from "../../core/clients/database.ts";
import { loadConfig } from "../../core/config.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/request.ts";

const config = loadConfig(["DATABASE_URL", "SESSION_SECRET"]);

export const handler = endpoint("orderHistory", async ({ event }) => {
  const saleId = readPathId(event, "saleId");
  const orderId = readPathId(event, "orderId");
  const history = await orderHistory(await databaseClient(config), saleId, orderId);
  return history
    ? { status: 200, body: history }
    : refuse("not_found", { detail: "The records of this sale have no such order, or not yet" });
});
