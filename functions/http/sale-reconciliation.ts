import { readFacts } from "../../core/reconciliation/read-facts.ts";
import { reconcile } from "../../core/reconciliation/reconcile.ts";
import { reportCsv } from "../../core/reconciliation/report-csv.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { csvFile, refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { observation } from "../compose/observation.ts";
import { readPathId } from "../request/request.ts";

export const handler = endpoint("saleReconciliation", async ({ event, query }) => {
  const saleId = readPathId(event, "saleId");
  const deps = await observation();
  if (!(await findSale(deps.db, saleId))) return refuse("not_found", { detail: "There is no such sale" });
  const facts = await readFacts(deps, saleId);
  if (!facts)
    return refuse("recovering", {
      detail: "The gate is lost or recovering: there is nothing to compare with yet",
      retryAfterSeconds: 2,
    });
  const report = reconcile(facts);
  return query.format === "csv"
    ? csvFile(`reconciliation-${saleId}`, reportCsv(report))
    : { status: 200, body: report };
});
