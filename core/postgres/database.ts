import type { EventFeedTable, EventsTable, SaleEventsTable } from "./tables/events.ts";
import type { ApiKeysTable, WebhookDeliveriesTable, WebhookEndpointsTable } from "./tables/integrations.ts";
import type {
  AuditLogTable,
  ErasuresTable,
  GoDecisionsTable,
  ReconciliationsTable,
  RecoveriesTable,
  RehearsalsTable,
} from "./tables/operations.ts";
import type {
  BuyerUnitsTable,
  HoldEventsTable,
  OrderEventsTable,
  OrdersTable,
  RefundsTable,
} from "./tables/orders.ts";
import type { SalesTable } from "./tables/sales.ts";

/** The merchant's system of record. */
export type Database = {
  sales: SalesTable;
  orders: OrdersTable;
  order_events: OrderEventsTable;
  refunds: RefundsTable;
  buyer_units: BuyerUnitsTable;
  recoveries: RecoveriesTable;
  reconciliations: ReconciliationsTable;
  audit_log: AuditLogTable;
  sale_events: SaleEventsTable;
  hold_events: HoldEventsTable;
  event_feed: EventFeedTable;
  events: EventsTable;
  webhook_endpoints: WebhookEndpointsTable;
  webhook_deliveries: WebhookDeliveriesTable;
  api_keys: ApiKeysTable;
  erasures: ErasuresTable;
  go_decisions: GoDecisionsTable;
  rehearsals: RehearsalsTable;
};
