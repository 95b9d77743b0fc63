import { ledgerClients } from "../../core/clients.ts";
import { loadConfig } from "../../core/config.ts";
import { orderView } from "../../core/ledger/ledger.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/request.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("myOrders", async ({ event, session }) => {
  const saleId = readPathId(event, "saleId");
  const { ledger } = await ledgerClients(config);
  const entries = await ledger.ofBuyer(saleId, session.buyerId);
  return { status: 200, body: { orders: entries.map(orderView) } };
});
