import { lineClients } from "../../core/clients/line.ts";
import { loadConfig } from "../../core/config.ts";
import { issueReport } from "../../core/evidence/issue-report.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { wasPublished } from "../../core/sale/visibility.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { issuer, statementFile } from "../compose/evidence.ts";
import { observation } from "../compose/observation.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["LINE_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("saleReport", async ({ event }) => {
  const saleId = readPathId(event, "saleId");
  const [stores, { logs }] = await Promise.all([observation(), lineClients(config)]);
  const sale = await findSale(stores.db, saleId);
  if (!sale) return refuse("not_found", { detail: "There is no such sale" });
  if (!wasPublished(sale))
    return refuse("conflict", { detail: "The sale is a draft: no other store knows of it" });
  return statementFile(`report-${saleId}`, await issueReport({ ...stores, logs }, await issuer(), sale));
});
