import { csv } from "../csv.ts";
import type { Revenue } from "../contract/revenue.ts";
import type { Money, Report } from "./report.ts";

/** A report as CSV: the identities, then each differing order; then, for roles that may see it, what the sale has brought in. */
export const reportCsv = (report: Report, revenue: Revenue | null = null): string =>
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
    ...(report.money ? [moneyCsv(report.money)] : []),
    ...(revenue ? [revenueCsv(revenue)] : []),
  ].join("\r\n");

const moneyCsv = ({ capturedMinor, refundedMinor, dueMinor, failedMinor, outsideMinor }: Money): string =>
  csv([
    ["money", "minor"],
    ["captured", capturedMinor],
    ["refunded", refundedMinor],
    ["of it outside", outsideMinor],
    ["stands", capturedMinor - refundedMinor],
    ["due", dueMinor],
    ["failed", failedMinor],
  ]);

/** In the currency's smallest unit. */
const revenueCsv = (revenue: Revenue): string =>
  csv([
    ["revenue", "units", "minor", "currency"],
    ["sold", revenue.soldUnits, revenue.soldMinor, revenue.currency],
    ["returned", revenue.returnedUnits, revenue.returnedMinor, revenue.currency],
    ["net", revenue.soldUnits - revenue.returnedUnits, revenue.netMinor, revenue.currency],
  ]);
