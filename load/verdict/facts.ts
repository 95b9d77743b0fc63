import type { HolderFilter } from "../../core/gate/holder-filter.ts";
import type { BuyerId, OrderId } from "../../core/ids.ts";
import type { ReservationState } from "../../core/reservation/lifecycle.ts";
import type { Stock } from "../../core/sale/stock.ts";

/** One order as one store tells it. */
export type StoredOrder = {
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  readonly quantity: number;
  readonly place: number;
  /** Of the quantity, what the buyer has. */
  readonly unitsLeft: number;
};

export type GateFacts = {
  readonly stock: Stock;
  /** Last place given. */
  readonly places: number;
  /** What its buyers have had, orders that ended included. */
  readonly orders: readonly StoredOrder[];
  /** Reservations that nobody has finished yet. */
  readonly outbox: readonly OrderId[];
  /** By which instances answer "sold out" from memory. */
  readonly holders: HolderFilter;
};

export type LedgerOrder = StoredOrder & { readonly state: ReservationState["kind"] };
export type OrderRow = StoredOrder & { readonly state: "confirmed" | "rejected" | "returned" };

export type DatabaseFacts = {
  readonly allocated: number;
  readonly sold: number;
  readonly purchaseLimit: number;
  readonly rows: readonly OrderRow[];
};

/** All that the three stores say of one sale, read as they lie there and not through the product's own counting. */
export type Facts = {
  readonly gate: GateFacts;
  readonly ledger: readonly LedgerOrder[];
  readonly database: DatabaseFacts;
};
