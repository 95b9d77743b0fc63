import type { BuyerOrder } from "../gate/buyer-orders.ts";
import type { BuyerId, OrderId } from "../ids.ts";
import type { SaleEntry } from "../reservation/ledger.ts";
import type { ReservationState } from "../reservation/lifecycle.ts";
import type { Reservation } from "../reservation/reservation.ts";

export type RebuildInput = {
  readonly entries: readonly SaleEntry[];
  /** What PostgreSQL has decided, which outweighs the ledger's copy of it. */
  readonly rows: ReadonlyMap<OrderId, ReservationState>;
  /** The last epoch that was opened to buyers. */
  readonly servedEpoch: number;
  readonly allocated: number;
  readonly purchaseLimit: number;
};

export type RebuildPlan = {
  /** Buyer → their orders, oldest place first; those that ended too, so that a replay is still answered. */
  readonly buyers: ReadonlyMap<BuyerId, readonly BuyerOrder[]>;
  readonly soldUnits: number;
  readonly withheldUnits: number;
  readonly places: number;
  /** Counted, and without an order row yet: to be marked with the new epoch, and published again. */
  readonly unsettled: readonly Reservation[];
  /** In the ledger and undecided, and not counted: the consumer lets the gate decide on each when its message comes. */
  readonly leftOut: readonly Reservation[];
};

/**
 * Which reservations a rebuilt gate counts, and how many units of each.
 *
 * What PostgreSQL has decided, always, with the units that are left. Of the undecided: those made in, or counted into, the
 * epoch that was last served; that epoch's gate had units for all of them together. An older one without a mark was put
 * into the ledger by a purchase that was frozen through a recovery; nobody was told that it was accepted.
 */
export function planRebuild(input: RebuildInput): RebuildPlan {
  const candidates = input.entries
    .map(({ reservation, countedEpoch, state }) => ({
      reservation,
      state: input.rows.get(reservation.orderId) ?? state,
      isOfServedEpoch: countedEpoch >= input.servedEpoch,
    }))
    .sort(
      (a, b) =>
        Number(a.state.kind === "reserved") - Number(b.state.kind === "reserved") ||
        a.reservation.place - b.reservation.place,
    );

  const buyers = new Map<BuyerId, BuyerOrder[]>();
  const unsettled: Reservation[] = [];
  const leftOut: Reservation[] = [];
  let soldUnits = 0;
  let withheldUnits = 0;
  for (const { reservation, state, isOfServedEpoch } of candidates) {
    const { buyerId, quantity } = reservation;
    const theirs = buyers.get(buyerId) ?? [];
    if (state.kind === "reserved") {
      const hasUnits = soldUnits + withheldUnits + quantity <= input.allocated;
      if (!isOfServedEpoch || !hasUnits || unitsOf(theirs) + quantity > input.purchaseLimit) {
        leftOut.push(reservation);
        continue;
      }
      unsettled.push(reservation);
    }
    buyers.set(buyerId, [...theirs, gateOrder(reservation, state)]);
    soldUnits += state.unitsLeft;
    withheldUnits += state.unitsWithheld;
  }
  const places = input.entries.reduce((most, { reservation }) => Math.max(most, reservation.place), 0);
  return { buyers, soldUnits, withheldUnits, places, unsettled, leftOut };
}

const unitsOf = (orders: readonly BuyerOrder[]) =>
  orders.reduce((units, { unitsLeft }) => units + unitsLeft, 0);

const gateOrder = (
  { orderId, quantity, place, keyHash }: Reservation,
  { unitsLeft, unitsWithheld }: ReservationState,
): BuyerOrder => ({ orderId, quantity, place, keyHash, unitsLeft, unitsWithheld });
