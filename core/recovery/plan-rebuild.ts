import type { BuyerId, OrderId } from "../ids.ts";
import type { SaleEntry, Settlement } from "../reservation/ledger.ts";
import type { Reservation } from "../reservation/reservation.ts";

export type RebuildInput = {
  readonly entries: readonly SaleEntry[];
  /** What PostgreSQL has decided, which outweighs the ledger's copy of it. */
  readonly rows: ReadonlyMap<OrderId, Settlement>;
  /** The last epoch that was opened to buyers. */
  readonly servedEpoch: number;
  readonly allocated: number;
  readonly purchaseLimit: number;
};

export type RebuildPlan = {
  /** Buyer → their counted reservations, oldest place first. */
  readonly buyers: ReadonlyMap<BuyerId, readonly Reservation[]>;
  readonly soldUnits: number;
  readonly places: number;
  /** Counted, and without an order row yet: to be marked with the new epoch, and published again. */
  readonly unsettled: readonly Reservation[];
  /** In the ledger, not counted and not rejected: the consumer lets the gate decide on each when its message comes. */
  readonly leftOut: readonly Reservation[];
};

/**
 * Which reservations a rebuilt gate counts.
 *
 * Confirmed rows always. Of those without a row: the ones made in, or counted into, the epoch that was last served; that
 * epoch's gate had units for all of them together. An older one without a mark was put into the ledger by a purchase
 * that was frozen through a recovery; nobody was told that it was accepted.
 */
export function planRebuild(input: RebuildInput): RebuildPlan {
  const candidates = input.entries
    .map(({ reservation, countedEpoch, settlement }) => ({
      reservation,
      settlement: input.rows.get(reservation.orderId) ?? settlement,
      isOfServedEpoch: Math.max(reservation.epoch, countedEpoch) >= input.servedEpoch,
    }))
    .filter(({ settlement }) => settlement?.state !== "rejected")
    .sort(
      (a, b) =>
        Number(b.settlement !== null) - Number(a.settlement !== null) ||
        a.reservation.place - b.reservation.place,
    );

  const buyers = new Map<BuyerId, Reservation[]>();
  const unsettled: Reservation[] = [];
  const leftOut: Reservation[] = [];
  let soldUnits = 0;
  for (const { reservation, settlement, isOfServedEpoch } of candidates) {
    const theirs = buyers.get(reservation.buyerId) ?? [];
    const isCounted =
      settlement !== null ||
      (isOfServedEpoch &&
        soldUnits + reservation.quantity <= input.allocated &&
        fitsBuyer(theirs, reservation, input.purchaseLimit));
    if (!isCounted) {
      leftOut.push(reservation);
      continue;
    }
    buyers.set(reservation.buyerId, [...theirs, reservation]);
    soldUnits += reservation.quantity;
    if (settlement === null) unsettled.push(reservation);
  }
  const places = input.entries.reduce((most, { reservation }) => Math.max(most, reservation.place), 0);
  return { buyers, soldUnits, places, unsettled, leftOut };
}

/** The same laws as the orders table: no unit number twice, and never more units than the limit. */
function fitsBuyer(theirs: readonly Reservation[], one: Reservation, purchaseLimit: number): boolean {
  const units = theirs.reduce((sum, other) => sum + other.quantity, 0);
  return units + one.quantity <= purchaseLimit && theirs.every((other) => other.n !== one.n);
}
