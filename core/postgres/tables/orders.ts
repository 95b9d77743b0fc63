import type { Generated, GeneratedAlways, JSONColumnType } from "kysely";
import type { OrderEventKind, RejectionReason } from "../../contract/order.ts";
import type { BuyerId, OrderId, SaleId } from "../../ids.ts";
import type { CreatedAt } from "./created-at.ts";

/** As text: it may be more than a number holds exactly. */
type Minor = Generated<string>;

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
