import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from "kysely";
import type { AuditAction, AuditValues } from "../contract/audit.ts";
import type { ErasureObstacle, ErasureState } from "../contract/buyer-data.ts";
import type { Role } from "../contract/identity.ts";
import type { OrderEventKind, RejectionReason } from "../contract/order.ts";
import type { PictureFormat } from "../contract/renditions.ts";
import type { PreflightReport } from "../contract/preflight.ts";
import type { SaleState } from "../contract/sale.ts";
import type { Guests } from "../contract/guests.ts";
import type { Translations } from "../contract/translations.ts";
import type { SaleMode } from "../contract/sale-mode.ts";
import type { SalePayment } from "../contract/sale-payment.ts";
import type { SaleWithdrawal } from "../contract/sale-withdrawal.ts";
import type { Visibility } from "../contract/visibility.ts";
import type { PausedWhy, EndpointState, DeliveryState } from "../contract/webhooks.ts";
import type { Scope } from "../contract/api-keys.ts";
import type {
  RehearsalFault,
  RehearsalMode,
  RehearsalPayment,
  RehearsalState,
  RehearsalVerdict,
} from "../contract/rehearsal.ts";
import type { ApiKeyId, BuyerId, EndpointId, OrderId, PictureId, RehearsalId, SaleId } from "../ids.ts";

/** Written as JSON text, and read as it was. */
type ModeColumn = ColumnType<SaleMode, string, string>;
type PaymentColumn = ColumnType<SalePayment, string, string>;
type WithdrawalColumn = ColumnType<SaleWithdrawal, string | undefined, string>;
/** As text: it may be more than a number holds exactly. */
type Minor = Generated<string>;
type GuestsColumn = ColumnType<Guests, string | undefined, string>;
type CreatedAt = ColumnType<Date, never, never>;

export type SalesTable = {
  id: SaleId;
  name: string;
  description: string;
  translations: ColumnType<Translations, string | undefined, string>;
  price_minor: number;
  currency: string;
  allocated: number;
  /** Units that buyers have in confirmed orders; the database's own functions move it. */
  sold: Generated<number>;
  /** Units that came back and were taken off sale; likewise. */
  withheld: Generated<number>;
  purchase_limit: number;
  attempt_limit: number;
  mode: ModeColumn;
  payment: PaymentColumn;
  withdrawal: WithdrawalColumn;
  guests: GuestsColumn;
  guest_list: Generated<string>;
  guest_edition: Generated<number>;
  guest_changes: Generated<number>;
  starts_at: Date;
  ends_at: Date | null;
  state: Generated<SaleState>;
  visibility: Generated<Visibility>;
  revision: Generated<number>;
  /** The last revision that was given to a change, whether it came to anything or not. */
  revision_given: Generated<number>;
  epoch: Generated<number>;
  /** Last epoch that was opened to buyers; behind `epoch` only while a gate is rebuilt. */
  served_epoch: Generated<number>;
  /** The latest guardian's lease that changed this sale. */
  fence: Generated<string>;
  /** Over, and reconciled without drift: nothing is left to guard. */
  closed_at: Date | null;
  /** What is kept of a closed sale's gate; whoever wrote it knows its shape. */
  archive: ColumnType<unknown, string | null | undefined, string | null>;
  /** When the gate's keys of an archived sale were removed; null: they may be there. */
  keys_gone_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  /** When its orders were deleted, since their time to be kept was over. */
  orders_deleted_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  /** What the sale was shown as before; whoever wrote it knows its shape. */
  faces: ColumnType<unknown, string | undefined, string>;
  /** All null or none. */
  picture_id: PictureId | null;
  picture_alt: string | null;
  picture_format: PictureFormat | null;
  /** Of the request that created it: the creator and their Idempotency-Key, and what they asked for. */
  creation_key: string;
  creation_hash: string;
  created_at: CreatedAt;
};

/**
 * placed: authorised, and its money is still to be taken. failed: it never came. refunded: all of it was given back. expired,
 * cancelled: a hold that ended unpaid.
 */
export type RowState =
  "placed" | "confirmed" | "rejected" | "returned" | "refunded" | "failed" | "expired" | "cancelled";

export type OrdersTable = {
  id: OrderId;
  sale_id: SaleId;
  buyer_id: BuyerId;
  n: number;
  quantity: number;
  place: number;
  epoch: number;
  state: RowState;
  rejected_reason: RejectionReason | null;
  /** What the buyer has of the quantity. */
  units_left: number;
  /** What came back of it and was taken off sale. */
  units_withheld: number;
  /** Of the last event. */
  event_number: number;
  /** What was taken of its money, what of that was ever to be given back, and what was given back, wherever. */
  captured_minor: Minor;
  granted_minor: Minor;
  refunded_minor: Minor;
  request_id: string;
  trace_id: string | null;
  reserved_at: Date;
  created_at: CreatedAt;
};

/** What became of an order, step by step: append-only, numbered from 1. */
export type OrderEventsTable = {
  order_id: OrderId;
  number: number;
  /** Made from the command: the same command gives the same event. */
  event_id: string;
  kind: OrderEventKind;
  /** The whole event. */
  detail: JSONColumnType<object>;
  created_at: CreatedAt;
  tx: GeneratedAlways<string>;
  seq: GeneratedAlways<string>;
};

/** What became of a sale that others are told of; append-only. `event_id` is made from what happened: it is written once. */
export type SaleEventsTable = {
  sale_id: SaleId;
  event_id: string;
  kind: string;
  created_at: CreatedAt;
  tx: GeneratedAlways<string>;
  seq: GeneratedAlways<string>;
};

/** Holds as they begin; append-only. An open hold has no row among the orders. */
export type HoldEventsTable = {
  order_id: OrderId;
  sale_id: SaleId;
  buyer_id: BuyerId;
  quantity: number;
  place: number;
  reserved_at: Date;
  created_at: CreatedAt;
  tx: GeneratedAlways<string>;
  seq: GeneratedAlways<string>;
};

/** One row: how far order_events, sale_events and hold_events have been numbered. */
export type EventFeedTable = { tx: string; seq: string; position: string };

/** The feed: what the merchant's own systems are told, numbered from 1 without a gap; append-only. */
export type EventsTable = {
  position: string;
  id: string;
  type: string;
  /** The order or sale that it is about: within it, events are told in order. */
  stream: string;
  happened_at: Date;
  data: JSONColumnType<Record<string, unknown>>;
};

export type WebhookEndpointsTable = {
  id: EndpointId;
  url: string;
  name: string;
  /** Whom a mail tells that it was paused. */
  notify: string;
  /** None: all. */
  types: string[];
  state: Generated<EndpointState>;
  paused_why: PausedWhy | null;
  /** Sealed: only the sender can open it. */
  secret: string;
  old_secret: string | null;
  /** Until when the secret before signs too. */
  old_secret_until: Date | null;
  /** Failed calls since the last one that was taken. */
  failures: Generated<number>;
  failing_since: Date | null;
  /** Nothing is sent before: it has just failed, and often. */
  quiet_until: Date | null;
  delivered_at: Date | null;
  created_at: Date;
};

export type WebhookDeliveriesTable = {
  endpoint_id: EndpointId;
  position: string;
  stream: string;
  state: Generated<DeliveryState>;
  attempts: Generated<number>;
  /** Of sending it again on purpose. */
  round: Generated<number>;
  next_at: Date;
  /** Until when a sender has it; null: nobody. */
  lease_until: Date | null;
  tried_at: Date | null;
  status: number | null;
  error: string | null;
  took_ms: number | null;
  delivered_at: Date | null;
};

export type ApiKeysTable = {
  id: ApiKeyId;
  name: string;
  hash: string;
  scopes: Scope[];
  created_by: BuyerId;
  created_at: Date;
  used_at: Date | null;
  revoked_at: Date | null;
  /** Null: it is good until it is revoked. */
  expires_at: Date | null;
  /** Of the rate limit: the theoretical arrival time of the next call. */
  next_call_at: Date;
};

/** What is to be given back of an order's money, or was; the database's own functions move it. */
export type RefundsTable = {
  order_id: OrderId;
  /** Of the event that granted it. */
  refund_id: string;
  sale_id: SaleId;
  attempt: number;
  amount_minor: string;
  given_minor: string;
  state: "due" | "refunded" | "failed" | "outside";
  why: string | null;
  created_at: CreatedAt;
  changed_at: CreatedAt;
};

/** The units that a buyer has of a sale; the law of the purchase limit is a check of this table. */
export type BuyerUnitsTable = {
  sale_id: SaleId;
  buyer_id: BuyerId;
  units: number;
  purchase_limit: number;
};

export type RecoveriesTable = {
  sale_id: SaleId;
  epoch: number;
  why: string;
  started_at: Date;
  finished_at: Date;
  /** What the recovery found and did; whoever wrote it knows its shape. */
  report: ColumnType<unknown, string, never>;
};

export type ReconciliationsTable = {
  id: GeneratedAlways<string>;
  sale_id: SaleId;
  made_at: CreatedAt;
  drift_units: number;
  report: JSONColumnType<object>;
};

export type AuditLogTable = {
  id: GeneratedAlways<string>;
  /** Null: it is about no sale. */
  sale_id: SaleId | null;
  made_at: ColumnType<Date, Date | undefined, never>;
  /** Null for whoever gave an operator's command, under a name of their own. */
  actor_id: BuyerId | null;
  actor_role: Role | null;
  actor_name: string | null;
  /** Of an act that may be told again; it is written once. */
  act_id: string | null;
  action: AuditAction;
  before: JSONColumnType<AuditValues>;
  after: JSONColumnType<AuditValues>;
  request_id: string;
};

export type ErasuresTable = {
  id: GeneratedAlways<string>;
  buyer_id: BuyerId;
  state: Generated<ErasureState>;
  obstacle: ErasureObstacle | null;
  /** Null: nothing stands in the way, or nothing of one sale. */
  obstacle_sale_id: SaleId | null;
  asked_at: CreatedAt;
  next_look_at: Date;
  erased_at: Date | null;
  done_at: Date | null;
};

/** Append-only; the last one of a sale counts. */
export type GoDecisionsTable = {
  id: GeneratedAlways<string>;
  sale_id: SaleId;
  decision: "go" | "no_go";
  note: string;
  actor_id: BuyerId;
  actor_role: Role;
  request_id: string;
  /** Of the sale's settings, as they were then. */
  revision: number;
  /** What the preflight said then. */
  report: JSONColumnType<Pick<PreflightReport, "verdict" | "checks">>;
  made_at: CreatedAt;
};

/** A rehearsal, and what came of it; of its sale nothing is left once it is done. */
export type RehearsalsTable = {
  id: RehearsalId;
  /** Of the request that started it: its sender and their Idempotency-Key, and what they asked for. */
  creation_key: string;
  creation_hash: string;
  sale_id: SaleId | null;
  buyers: number;
  units: number;
  fault: RehearsalFault;
  mode: Generated<RehearsalMode>;
  payment: Generated<RehearsalPayment>;
  state: Generated<RehearsalState>;
  verdict: ColumnType<RehearsalVerdict | null, string | null | undefined, string>;
  started_by: BuyerId;
  started_at: CreatedAt;
  /** When its crowd came; null: it has not. */
  begun_at: ColumnType<Date | null, Date | null | undefined, Date>;
  done_at: ColumnType<Date | null, never, Date>;
};

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
