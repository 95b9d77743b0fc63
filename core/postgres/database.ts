import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from "kysely";
import type { AuditAction, AuditValues } from "../contract/audit.ts";
import type { Role } from "../contract/identity.ts";
import type { PictureFormat } from "../contract/renditions.ts";
import type { BuyerId, OrderId, PictureId, SaleId } from "../ids.ts";
import type { RejectionReason } from "../reservation/ledger.ts";
import type { RecoveryReport } from "../recovery/recovery-report.ts";
import type { SaleState } from "../sale/sale.ts";

type CreatedAt = ColumnType<Date, never, never>;

export type SalesTable = {
  id: SaleId;
  name: string;
  description: string;
  price_minor: number;
  currency: string;
  allocated: number;
  /** Units in confirmed orders. */
  sold: Generated<number>;
  purchase_limit: number;
  attempt_limit: number;
  starts_at: Date;
  ends_at: Date | null;
  state: Generated<SaleState>;
  revision: Generated<number>;
  epoch: Generated<number>;
  /** Last epoch that was opened to buyers; behind `epoch` only while a gate is rebuilt. */
  served_epoch: Generated<number>;
  /** The latest guardian's lease that changed this sale. */
  fence: Generated<string>;
  /** Over, and reconciled without drift: nothing is left to guard. */
  closed_at: Date | null;
  /** All null or none. */
  picture_id: PictureId | null;
  picture_alt: string | null;
  picture_format: PictureFormat | null;
  /** Of the request that created it: the creator and their Idempotency-Key, and what they asked for. */
  creation_key: string;
  creation_hash: string;
  created_at: CreatedAt;
};

export type OrdersTable = {
  id: OrderId;
  sale_id: SaleId;
  buyer_id: BuyerId;
  n: number;
  quantity: number;
  place: number;
  epoch: number;
  state: "confirmed" | "rejected";
  rejected_reason: RejectionReason | null;
  request_id: string;
  trace_id: string | null;
  reserved_at: Date;
  created_at: CreatedAt;
};

export type RecoveriesTable = {
  sale_id: SaleId;
  epoch: number;
  why: string;
  started_at: Date;
  finished_at: Date;
  report: JSONColumnType<RecoveryReport>;
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
  sale_id: SaleId;
  made_at: CreatedAt;
  actor_id: BuyerId;
  actor_role: Role;
  action: AuditAction;
  before: JSONColumnType<AuditValues>;
  after: JSONColumnType<AuditValues>;
  request_id: string;
};

/** The merchant's system of record. */
export type Database = {
  sales: SalesTable;
  orders: OrdersTable;
  recoveries: RecoveriesTable;
  reconciliations: ReconciliationsTable;
  audit_log: AuditLogTable;
};
