import { ledgerClients } from "../../core/clients/ledger.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { buyerOrders } from "../../core/look-up/buyer-orders.ts";
import { endpoint } from "../compose/endpoint.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("buyerOrders", async ({ query, session }) => {
  const clients = await ledgerClients(config);
  return {
    status: 200,
    body: await buyerOrders(clients, session.buyerId, query.after ?? null, systemClock.nowMs()),
  };
});
