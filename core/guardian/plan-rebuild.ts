import type { BuyerOrder } from "../gate/buyer-orders.ts";
import type { BuyerId, OrderId } from "../ids.ts";
import type { Hold } from "../gate/holds.ts";
import { isUndecided, type SaleEntry } from "../reservation/ledger.ts";
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
  /** Counted, and to be paid for or just paid for, with when their time is over: to be marked with the new epoch. */
  readonly holds: readonly (Hold & { readonly reservation: Reservation })[];
  readonly heldUnits: number;
  /** Holds that are not counted. Nobody may pay for them any more once the gate opens. */
  readonly unpayable: readonly SaleEntry[];
  /** In the ledger and undecided, and not counted: the consumer lets the gate decide on each when its message comes. */
  readonly leftOut: readonly Reservation[];
};

/**
 * Which reservations a rebuilt gate counts, and how many units of each.
 *
 * What PostgreSQL has decided, always, with the units that are left. Of the undecided: those made in, or counted into, the
 * epoch that was last served; that epoch's gate had units for all of them together. An older one without a mark was put
 * into the ledger by a purchase that was frozen through a recovery; nobody was told that it was accepted.
 *
 * A hold likewise, but what is not counted is rejected before the gate opens: nobody may pay for it. One that was paid for
 * is always counted, since it could only be paid while a gate counted it; it is due at once, so that it gets its row.
 */
export function planRebuild(input: RebuildInput): RebuildPlan {
  const candidates = input.entries
    .map((entry) => ({ entry, state: input.rows.get(entry.reservation.orderId) ?? entry.state }))
    .sort(
      (a, b) =>
        Number(isUndecided(a)) - Number(isUndecided(b)) ||
        a.entry.reservation.place - b.entry.reservation.place,
    );

  const buyers = new Map<BuyerId, BuyerOrder[]>();
  const unsettled: Reservation[] = [];
  const holds: RebuildPlan["holds"][number][] = [];
  const unpayable: SaleEntry[] = [];
  const leftOut: Reservation[] = [];
  const units = { sold: 0, held: 0, withheld: 0 };
  for (const { entry, state } of candidates) {
    const { reservation, countedEpoch } = entry;
    const { buyerId, orderId, quantity } = reservation;
    const theirs = buyers.get(buyerId) ?? [];
    if (isUndecided({ state })) {
      const hasUnits = units.sold + units.held + units.withheld + quantity <= input.allocated;
      const isOfServedEpoch = countedEpoch >= input.servedEpoch;
      if (!isOfServedEpoch || !hasUnits || unitsOf(theirs) + quantity > input.purchaseLimit) {
        if (state.kind === "held") unpayable.push(entry);
        else leftOut.push(reservation);
        continue;
      }
      if (state.kind === "reserved") unsettled.push(reservation);
    }
    const isUnpaid = state.kind === "held" || state.kind === "authorised";
    const dueMs = state.kind === "held" ? (reservation.heldUntilMs ?? 0) : 0;
    if (isUnpaid) holds.push({ orderId, buyerId, dueMs, reservation });
    buyers.set(buyerId, [...theirs, gateOrder(reservation, state)]);
    units[isUnpaid ? "held" : "sold"] += state.unitsLeft;
    units.withheld += state.unitsWithheld;
  }
  const places = input.entries.reduce((most, { reservation }) => Math.max(most, reservation.place), 0);
  const counted = { soldUnits: units.sold, heldUnits: units.held, withheldUnits: units.withheld };
  return { buyers, ...counted, places, unsettled, holds, unpayable, leftOut };
}

const unitsOf = (orders: readonly BuyerOrder[]) =>
  orders.reduce((units, { unitsLeft }) => units + unitsLeft, 0);

const gateOrder = (
  { orderId, quantity, place, keyHash }: Reservation,
  { unitsLeft, unitsWithheld }: ReservationState,
): BuyerOrder => ({ orderId, quantity, place, keyHash, unitsLeft, unitsWithheld });
