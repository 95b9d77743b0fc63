import type { RejectionReason } from "../../../core/contract/order.ts";
import type { OrderId } from "../../../core/ids.ts";
import { isCountedNow, isRefusedNow } from "../../../core/orders/present-epoch.ts";
import { confirmed, type RecordedOrder, rejected, rejectionOf } from "../../../core/orders/recorded-order.ts";
import {
  decide,
  type ReservationState,
  type ReturnWish,
  stateAfter,
} from "../../../core/reservation/lifecycle.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import type { Settings } from "./gate.ts";

/** The sale's row. */
export type SaleRow = {
  readonly settings: Settings;
  readonly revision: number;
  readonly revisionGiven: number;
  readonly epoch: number;
  readonly servedEpoch: number;
  readonly fence: number;
  readonly isClosed: boolean;
  /** What its gate said was recorded once. */
  readonly isArchived?: boolean;
  readonly sold: number;
  readonly withheld: number;
};

export type Postgres = {
  readonly sale: SaleRow;
  readonly rows: Readonly<Record<string, RecordedOrder>>;
  /** Who has the sale's row in a transaction that goes on: all others who would change it wait. */
  readonly lockedBy: string | null;
};

export const newPostgres = (settings: Settings): Postgres => ({
  sale: {
    settings,
    revision: 1,
    revisionGiven: 1,
    epoch: 1,
    servedEpoch: 1,
    fence: 0,
    isClosed: false,
    sold: 0,
    withheld: 0,
  },
  rows: {},
  lockedBy: null,
});

/** Present state of an order row. */
export const stateOf = ({ reservation, history }: RecordedOrder): ReservationState =>
  stateAfter(reservation.quantity, history);

export type Recording =
  | { readonly kind: "recorded"; readonly order: RecordedOrder }
  | { readonly kind: "stale" }
  /** A law of the database refused it; nothing was written. */
  | { readonly kind: "broke"; readonly reason: RejectionReason };

const unitsOf = ({ rows }: Postgres, buyerId: string) =>
  Object.values(rows)
    .filter(({ reservation }) => reservation.buyerId === buyerId)
    .reduce((units, order) => units + stateOf(order).unitsLeft, 0);

function insert(postgres: Postgres, order: RecordedOrder): Postgres {
  const { sale, rows } = postgres;
  const { unitsLeft } = stateOf(order);
  return {
    ...postgres,
    sale: { ...sale, sold: sale.sold + unitsLeft },
    rows: { ...rows, [order.reservation.orderId]: order },
  };
}

const found = (order: RecordedOrder): Recording => ({ kind: "recorded", order });

/** `recordOrders` for one order, up to the refusal of a law. */
export function record(
  postgres: Postgres,
  reservation: Reservation,
  countedIn: number | "ever" | undefined,
): readonly [Recording, Postgres] {
  const { sale, rows } = postgres;
  const { orderId, buyerId, quantity, epoch, n } = reservation;
  const present = rows[orderId];
  if (present) return [found(present), postgres];
  if (countedIn !== "ever" && !isCountedNow(epoch, countedIn, sale.epoch))
    return [{ kind: "stale" }, postgres];
  const hasNumber = Object.values(rows).some(
    (order) =>
      order.reservation.buyerId === buyerId && order.reservation.n === n && rejectionOf(order) === null,
  );
  if (hasNumber) {
    const second = rejected(reservation, "over_purchase_limit");
    return [found(second), insert(postgres, second)];
  }
  if (unitsOf(postgres, buyerId) + quantity > sale.settings.purchaseLimit)
    return [{ kind: "broke", reason: "over_purchase_limit" }, postgres];
  if (sale.sold + sale.withheld + quantity > sale.settings.allocated)
    return [{ kind: "broke", reason: "beyond_allocation" }, postgres];
  const order = confirmed(reservation);
  return [found(order), insert(postgres, order)];
}

/** `recordRejected` for one order. */
export function recordRejected(
  postgres: Postgres,
  reservation: Reservation,
  reason: RejectionReason,
  refusedIn: number | undefined,
): readonly [Recording, Postgres] {
  const present = postgres.rows[reservation.orderId];
  if (present) return [{ kind: "recorded", order: present }, postgres];
  if (!isRefusedNow(refusedIn, postgres.sale.epoch)) return [{ kind: "stale" }, postgres];
  const order = rejected(reservation, reason);
  return [{ kind: "recorded", order }, insert(postgres, order)];
}

/** `decideWish`. */
export function decideWish(
  postgres: Postgres,
  orderId: OrderId,
  wish: ReturnWish,
): readonly [RecordedOrder | null, Postgres] {
  const order = postgres.rows[orderId];
  if (!order) return [null, postgres];
  const decision = decide({ kind: "return", wish }, stateOf(order));
  if (decision.kind !== "events") return [null, postgres];
  if (decision.events.length === 0) return [order, postgres];
  const moved = { ...order, history: [...order.history, ...decision.events] };
  const [before, after] = [stateOf(order), stateOf(moved)];
  const { sale } = postgres;
  return [
    moved,
    {
      ...postgres,
      rows: { ...postgres.rows, [orderId]: moved },
      sale: {
        ...sale,
        sold: sale.sold - before.unitsLeft + after.unitsLeft,
        withheld: sale.withheld - before.unitsWithheld + after.unitsWithheld,
        ...(sale.isClosed && {
          isClosed: false,
          revision: sale.revisionGiven + 1,
          revisionGiven: sale.revisionGiven + 1,
        }),
      },
    },
  ];
}
