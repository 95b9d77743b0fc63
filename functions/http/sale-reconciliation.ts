import { reportOf } from "../../core/reconciliation/compare-stores.ts";
import type { Report } from "../../core/reconciliation/report.ts";
import { reportCsv } from "../../core/reconciliation/report-csv.ts";
import { isAllowed } from "../../core/identity/session.ts";
import { revenueOf } from "../../core/sale/revenue.postgres.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { wasPublished } from "../../core/sale/visibility.ts";
import { csvFile, refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { observation } from "../compose/observation.ts";
import { createSharedWork } from "../compose/shared-work.ts";
import { readPathId } from "../request/path-id.ts";

/** Well within the function's time limit, which is within the CDN's patience: after that the CDN would ask once more. */
const WAIT_MS = 9_000;
const compare = createSharedWork<Report | null>(WAIT_MS);

export const handler = endpoint("saleReconciliation", async ({ event, query, session }) => {
  const saleId = readPathId(event, "saleId");
  const deps = await observation();
  const sale = await findSale(deps.db, saleId);
  if (!sale) return refuse("not_found", { detail: "There is no such sale" });
  if (!wasPublished(sale))
    return refuse("conflict", { detail: "The sale is a draft: no other store knows of it" });
  const compared = await compare(saleId, () => reportOf(deps, sale));
  if (compared.kind === "working")
    return refuse("unavailable", {
      detail:
        "The stores are still being compared; ask again, or run `ops reconcile` for a sale as large as this",
      retryAfterSeconds: 1,
    });
  if (!compared.value)
    return refuse("recovering", {
      detail: "The gate is lost or recovering: there is nothing to compare with yet",
      retryAfterSeconds: 2,
    });
  const report = compared.value;
  const revenue = isAllowed(session.role, "operator") ? await revenueOf(deps.db, sale) : null;
  return query.format === "csv"
    ? csvFile(`reconciliation-${saleId}`, reportCsv(report, revenue))
    : { status: 200, body: { ...report, revenue } };
});
