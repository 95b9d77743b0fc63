import { ledgerClients } from "../../core/clients/ledger.ts";
import { loadConfig } from "../../core/config.ts";
import { ordersOfSale } from "../../core/look-up/shown-order.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("myOrders", async ({ event, session }) => {
  const saleId = readPathId(event, "saleId");
  const orders = await ordersOfSale(await ledgerClients(config), saleId, session.buyerId);
  return { status: 200, body: { orders } };
});
