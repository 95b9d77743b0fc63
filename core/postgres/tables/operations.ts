import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from "kysely";
import type { AuditAction, AuditValues } from "../../contract/audit.ts";
import type { ErasureObstacle, ErasureState } from "../../contract/buyer-data.ts";
import type { Role } from "../../contract/identity.ts";
import type { PreflightReport } from "../../contract/preflight.ts";
import type {
  RehearsalFault,
  RehearsalMode,
  RehearsalPayment,
  RehearsalState,
  RehearsalVerdict,
} from "../../contract/rehearsal.ts";
import type { BuyerId, RehearsalId, SaleId } from "../../ids.ts";
import type { CreatedAt } from "./created-at.ts";

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
