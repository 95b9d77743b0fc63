import { ledgerClients } from "../../core/clients.ts";
import { loadConfig } from "../../core/config.ts";
import { findOrder } from "../../core/look-up/shown-order.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/request.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("order", async ({ event, session }) => {
  const orderId = readPathId(event, "orderId");
  const order = await findOrder(await ledgerClients(config), orderId, session.buyerId);
  return order ? { status: 200, body: order } : refuse("not_found", { detail: "You have no such order" });
});
