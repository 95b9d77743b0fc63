import type { GateOrder } from "../gate/gate-contents.redis.ts";
import type { BuyerId, OrderId } from "../ids.ts";
import type { RowState } from "../postgres/tables/orders.ts";
import type { SaleEntry } from "../reservation/ledger.ts";
import type { Stock } from "../sale/stock.ts";

export type OrderRow = {
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  readonly state: RowState;
  readonly quantity: number;
  readonly unitsLeft: number;
  readonly unitsWithheld: number;
  readonly requestId: string;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
};

export type RefundRow = {
  readonly state: "due" | "refunded" | "failed" | "outside";
  readonly amountMinor: number;
  readonly givenMinor: number;
};

/** What each store says of one sale; read in this order, so that what an earlier one has, a later one must have too. */
export type Facts = {
  readonly orders: readonly OrderRow[];
  readonly refunds: readonly RefundRow[];
  /** The counter beside the rows. */
  readonly soldInOrders: number;
  readonly servedEpoch: number;
  readonly ledger: readonly SaleEntry[];
  readonly gateOrders: readonly GateOrder[];
  readonly outbox: readonly OrderId[];
  readonly stock: Stock;
  readonly queue: { readonly waiting: number; readonly inFlight: number };
  readonly deadLetters: number;
  /** By the gate's clock. */
  readonly nowMs: number;
};
