import type { ColumnType, Generated } from "kysely";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import type { RejectionReason } from "../ledger/ledger.ts";
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
  reserved_at: Date;
  created_at: CreatedAt;
};

/** The merchant's system of record. */
export type Database = { sales: SalesTable; orders: OrdersTable };
