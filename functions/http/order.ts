import { ledgerClients } from "../../core/clients.ts";
import { loadConfig } from "../../core/config.ts";
import { orderView } from "../../core/ledger/ledger.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/request.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("order", async ({ event, session }) => {
  const orderId = readPathId(event, "orderId");
  const { ledger } = await ledgerClients(config);
  const entry = await ledger.get(orderId, session.buyerId);
  return entry
    ? { status: 200, body: orderView(entry) }
    : refuse("not_found", { detail: "You have no such order" });
});
