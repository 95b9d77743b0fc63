import { databaseClient } from "../../core/clients/database.ts";
import { addressesClient } from "../../core/clients/identity.ts";
import { loadConfig } from "../../core/config.ts";
import { auditOf } from "../../core/sale/audit.postgres.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["DATABASE_URL", "IDENTITY_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("saleAudit", async ({ event }) => {
  const saleId = readPathId(event, "saleId");
  const [db, addresses] = await Promise.all([databaseClient(config), addressesClient(config)]);
  if (!(await findSale(db, saleId))) return refuse("not_found", { detail: "There is no such sale" });
  return { status: 200, body: { entries: await auditOf(db, addresses, saleId) } };
});
