import { databaseClient } from "../../core/clients/database.ts";
import { addressesClient } from "../../core/clients/identity.ts";
import { loadConfig } from "../../core/config.ts";
import { isAllowed } from "../../core/identity/session.ts";
import { findOrders, ordersCsv } from "../../core/merchant-orders/find-orders.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { csvFile, refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/request.ts";

const config = loadConfig(["DATABASE_URL", "IDENTITY_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("saleOrders", async ({ event, query, session }) => {
  const saleId = readPathId(event, "saleId");
  const [db, addresses] = await Promise.all([databaseClient(config), addressesClient(config)]);
  const sale = await findSale(db, saleId);
  if (!sale) return refuse("not_found", { detail: "There is no such sale" });
  const page = await findOrders({ db, addresses }, sale, query, isAllowed(session.role, "operator"));
  if (query.format === "json") return { status: 200, body: page };
  const text = ordersCsv(page.orders, query.after === undefined);
  return csvFile(`orders-${saleId}`, text, page.next === null ? {} : { "x-next": page.next });
});
