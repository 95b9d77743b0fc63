import type { Gate } from "../gate/gate.redis.ts";
import type { Warn } from "../log.ts";
import { namesOf, type Reservation } from "../reservation/reservation.ts";
import { stateOf } from "../reservation/state-of.ts";
import { untilOpen } from "./until-open.ts";
import { type RecordedOrder, rejectionOf } from "./recorded-order.ts";

/**
 * Gives units back to the gate that no order has any more: last of all, once PostgreSQL has decided and the ledger knows.
 *
 * @returns the reservations whose gate could not be told: their messages must come again.
 */
export async function settleUnits(
  { gate, warn }: { readonly gate: Gate; readonly warn: Warn },
  orders: readonly RecordedOrder[],
): Promise<Reservation[]> {
  const settled = await Promise.all(
    orders.map(async (order) => ((await settleOrder(gate, warn, order)) ? [] : [order.reservation])),
  );
  return settled.flat();
}

async function settleOrder(gate: Gate, warn: Warn, order: RecordedOrder): Promise<boolean> {
  const { reservation } = order;
  const { unitsLeft, unitsWithheld } = stateOf(reservation, order.history);
  const isHold = reservation.heldUntilMs !== undefined;
  // What is left of an order that was held is so no longer, and the gate must know.
  if (unitsLeft === reservation.quantity && !isHold) return true;
  // A message under another order's id: the gate counts that order, and it stands.
  if (rejectionOf(order) === "conflicting_order") return true;
  try {
    const { saleId, buyerId, orderId } = reservation;
    const reply = await untilOpen(
      () => gate.settle({ saleId, buyerId, orderId, unitsLeft, unitsWithheld }),
      (word) => word === "recovering",
    );
    // A lost gate is rebuilt from what PostgreSQL has decided by now; an open one without the order counts none of it.
    return reply !== "recovering";
  } catch (error) {
    warn("the gate was not told what is left of an order", { ...namesOf(reservation), error });
    return false;
  }
}
