import type { Report } from "./reconcile.ts";

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** A report as CSV (RFC 4180): the identities, then each differing order. Every value is ours: none needs quoting but names. */
export function reportCsv(report: Report): string {
  const lines = [
    "identity,left,right,holds",
    ...report.identities.map(({ name, left, right, holds }) => `${quote(name)},${left},${right},${holds}`),
    "",
    "order_id,kind,quantity,request_id",
    ...report.differences.map(
      ({ orderId, kind, quantity, requestId }) => `${orderId},${kind},${quantity},${requestId ?? ""}`,
    ),
  ];
  return `${lines.join("\r\n")}\r\n`;
}
