import type { HolderFilter } from "../../core/gate/holder-filter.ts";
import type { BuyerId, OrderId } from "../../core/ids.ts";
import type { RowState } from "../../core/postgres/tables/orders.ts";
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
  /** Of the quantity, what came back and was taken off sale. */
  readonly unitsWithheld: number;
};

/** Of the key that its buyer sent, where a store keeps it. */
type Keyed = { readonly keyHash: string };
/** The number of an order among its buyer's orders of the sale. */
type Numbered = { readonly n: number };

export type GateOrder = StoredOrder & Keyed;

export type GateFacts = {
  readonly stock: Stock;
  /** Last place given. */
  readonly places: number;
  /** What its buyers have had, orders that ended included. */
  readonly orders: readonly GateOrder[];
  /** Reservations that nobody has finished yet. */
  readonly outbox: readonly OrderId[];
  /** By which instances answer "sold out" from memory. */
  readonly holders: HolderFilter;
};

/** What of an order's money goes back, in the currency's smallest unit. */
export type MoneyBack = {
  readonly dueMinor: number;
  /** By us. */
  readonly givenMinor: number;
  /** By the merchant at the provider's own console. */
  readonly outsideMinor: number;
  /** Of that, what counts for units that came back. */
  readonly coveredMinor: number;
};

export type LedgerOrder = StoredOrder &
  Keyed &
  Numbered & {
    readonly state: ReservationState["kind"];
    /** By the gate's clock. */
    readonly reservedAtMs: number;
    readonly moneyBack: MoneyBack;
  };
export type OrderRow = StoredOrder &
  Numbered & {
    readonly state: RowState;
    /** What went back of its money, by anybody. */
    readonly refundedMinor: number;
  };

export type DatabaseFacts = {
  readonly allocated: number;
  readonly sold: number;
  readonly withheld: number;
  readonly purchaseLimit: number;
  /** The units that its buyers have, as the table counts them that holds the purchase limit. */
  readonly buyerUnits: ReadonlyMap<BuyerId, number>;
  readonly rows: readonly OrderRow[];
};

/** All that the three stores say of one sale, read as they lie there and not through the product's own counting. */
export type Facts = {
  readonly gate: GateFacts;
  readonly ledger: readonly LedgerOrder[];
  readonly database: DatabaseFacts;
};
