import { confirmed } from "../../../core/orders/recorded-order.ts";
import type { ReturnWish } from "../../../core/reservation/lifecycle.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import type { Actor } from "../engine/world.ts";
import type { WishArgs } from "../processes/operator.ts";
import { addOrder, type GateKeys, isOpen, openGate, type Settings } from "../stores/gate.ts";
import { aReservation } from "../stores/gate-reserve.ts";
import { emptyLedger, type Ledger, put } from "../stores/ledger.ts";
import type { Postgres } from "../stores/postgres.ts";
import type { Message, Queue } from "../stores/queue.ts";

/** An order that is there when a story begins. */
export type Earlier = {
  readonly reservation: Reservation;
  /** "confirmed": it has its row, and the ledger knows; "sent": its message is on the queue. */
  readonly is: "sent" | "confirmed";
  /** Whether the gate counts it; one of an older epoch may be left out. */
  readonly isInGate?: boolean;
};

export const earlier = (
  buyerId: string,
  orderId: string,
  is: Earlier["is"],
  { quantity = 1, epoch = 1, place = 1, isInGate = true } = {},
): Earlier => ({
  reservation: aReservation({
    buyerId,
    orderId,
    keyHash: `key of ${orderId}`,
    quantity,
    place,
    epoch,
    n: epoch * 1000 + 1,
  }),
  is,
  isInGate,
});

/** The stores after these orders. */
export function after(orders: readonly Earlier[], settings: Settings, epoch = 1) {
  let gate: GateKeys = openGate(epoch, 1, settings);
  let ledger: Ledger = emptyLedger;
  let queue: Queue = {};
  for (const { reservation, is, isInGate } of orders) {
    const { orderId, quantity, place, keyHash, buyerId } = reservation;
    if (isInGate && isOpen(gate)) {
      const order = { orderId, quantity, place, keyHash, unitsLeft: quantity, unitsWithheld: 0 };
      gate = { ...addOrder(gate, buyerId, order), places: place };
    }
    ledger = put(ledger, reservation);
    if (is === "sent") queue = { ...queue, ...waiting({ kind: "order", reservation }) };
  }
  for (const { reservation, is } of orders)
    if (is === "confirmed")
      ledger = {
        ...ledger,
        entries: {
          ...ledger.entries,
          [reservation.orderId]: { reservation, events: confirmed(reservation).history },
        },
      };
  const written = orders.filter(({ is }) => is === "confirmed").map(({ reservation }) => reservation);
  const postgres = (empty: Postgres): Postgres => ({
    ...empty,
    sale: {
      ...empty.sale,
      epoch,
      servedEpoch: epoch,
      sold: written.reduce((sum, { quantity }) => sum + quantity, 0),
    },
    rows: Object.fromEntries(written.map((reservation) => [reservation.orderId, confirmed(reservation)])),
  });
  return { settings, gate, ledger, queue, postgres };
}

/** A message that waits. */
export const waiting = (message: Message): Queue =>
  message.kind === "order"
    ? {
        [message.reservation.orderId]: {
          [message.reservation.epoch]: { message, waiting: 1, taken: 0 },
        },
      }
    : { [message.wish.wish.wishId]: { wish: { message, waiting: 1, taken: 0 } } };

export const aWish = (wishId: string, units: number, isWithheld = false): ReturnWish => ({
  wishId,
  units,
  isWithheld,
  reason: "asked",
  actorId: "operator",
});

export const wishFor = (orderId: string, wish: ReturnWish): Actor => ({
  name: "an operator",
  is: "mortal",
  role: "wish",
  args: { orderId, wish } satisfies WishArgs,
});

export const wishOnQueue = (orderId: string, wish: ReturnWish): Queue =>
  waiting({ kind: "wish", wish: { orderId, wish } });
