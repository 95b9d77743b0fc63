import { csv } from "../csv.ts";
import type { Report } from "./reconcile.ts";

/** A report as CSV: the identities, then each differing order. */
export const reportCsv = (report: Report): string =>
  [
    csv([
      ["identity", "left", "right", "holds"],
      ...report.identities.map(({ name, left, right, holds }) => [name, left, right, holds]),
    ]),
    csv([
      ["order_id", "kind", "quantity", "request_id"],
      ...report.differences.map((difference) => [
        difference.orderId,
        difference.kind,
        difference.quantity,
        difference.requestId,
      ]),
    ]),
  ].join("\r\n");
