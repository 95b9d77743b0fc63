import { holdHistory } from "../../core/wishes/hold-history.ts";
import { orderHistory } from "../../core/wishes/order-history.postgres.ts";
import { databaseClient } from "../../core/clients/database.ts";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { loadConfig } from "../../core/config.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["DATABASE_URL", "LEDGER_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("orderHistory", async ({ event, query }) => {
  const saleId = readPathId(event, "saleId");
  const orderId = readPathId(event, "orderId");
  const [db, { ledger }] = await Promise.all([databaseClient(config), ledgerClients(config)]);
  const history =
    (await orderHistory(db, saleId, orderId)) ??
    (query.buyerId && (await holdHistory({ db, ledger }, saleId, orderId, query.buyerId)));
  return history
    ? { status: 200, body: history }
    : refuse("not_found", { detail: "The records of this sale have no such order, or not yet" });
});
