import type { Selectable } from "kysely";
import type { OrderRow } from "../contract/admin-orders.ts";
import type { OrdersTable } from "../postgres/tables/orders.ts";

/** A row of the merchant's records as the API shows it. */
export const orderRowOf = (row: Selectable<OrdersTable>): OrderRow => ({
  orderId: row.id,
  buyerId: row.buyer_id,
  quantity: row.quantity,
  unitsLeft: row.units_left,
  unitsWithheld: row.units_withheld,
  place: row.place,
  state: row.state,
  reason: row.rejected_reason,
  capturedMinor: Number(row.captured_minor),
  refundedMinor: Number(row.refunded_minor),
  reservedAt: row.reserved_at.toISOString(),
  recordedAt: row.created_at.toISOString(),
  expiresAt: null,
  requestId: row.request_id,
  traceId: row.trace_id,
});
