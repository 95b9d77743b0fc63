import type { Gate } from "../gate/gate.redis.ts";
import type { Hold } from "../gate/holds.ts";
import type { SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import type { Measure } from "../metrics.ts";
import type { Payments } from "../orders/ask-for-money.ts";
import type { OrderQueue } from "../orders/order-queue.sqs.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import { decide, type ReservationEvent } from "../reservation/lifecycle.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { stateOf } from "../reservation/state-of.ts";

export type EndHoldDependencies = {
  readonly ledger: Pick<Ledger, "get" | "decideHold">;
  readonly gate: Pick<Gate, "settle">;
  readonly queue: Pick<OrderQueue, "sendDecided">;
  readonly payments: Payments;
  readonly measure: Measure;
  readonly warn: Warn;
};

/**
 * Goes on with a hold whose time is over, from wherever whoever was at it before has stopped.
 *
 * Nobody has opened a payment: it expires here, in the ledger; it is sent to the merchant's records, and its units go back. A
 * payment that is opened at this
 * very moment finds it expired, and is given up. One that was opened before may have been paid: that only the provider can
 * say, so those who reach it are asked, and the hold waits for as long as they do not answer.
 *
 * @param may whether the order may be sent on again, and whether those who reach the provider may be asked again: they
 *   need a while.
 * @throws when a store does not answer: the hold stays in the gate's list.
 */
export async function endHold(
  deps: EndHoldDependencies,
  saleId: SaleId,
  { orderId, buyerId }: Hold,
  may: { readonly send: () => boolean; readonly ask: () => boolean },
): Promise<void> {
  const entry = await deps.ledger.get(orderId, buyerId);
  // Its put is under way, or in the outbox: the relay comes first.
  if (!entry) return;
  const { reservation, state, payments = [] } = entry;
  if (state.kind === "held" && payments.length > 0) {
    if (may.ask()) await deps.payments.send({ task: "expire", ...namesOf(reservation) });
    return;
  }
  const history = state.kind === "held" ? [await expire(deps, entry)] : (entry.history ?? []);
  const { kind, unitsLeft, unitsWithheld } = stateOf(reservation, history);
  if (kind === "authorised" || kind === "placed") {
    if (may.send()) await deps.queue.sendDecided(reservation, history);
    return;
  }
  // Its row waits for nobody, and its units do not wait for the row: once SQS has it, it can't be forgotten.
  if (unitsLeft === 0 && state.number <= 1) await deps.queue.sendDecided(reservation, history);
  await deps.gate.settle({ saleId, buyerId, orderId, unitsLeft, unitsWithheld });
}

/** The first event of a hold, which is that it has expired unless somebody was faster. */
async function expire(
  { ledger, measure }: EndHoldDependencies,
  { reservation, state }: LedgerEntry,
): Promise<ReservationEvent> {
  const decision = decide({ kind: "expire" }, state);
  const event = decision.kind === "events" ? decision.events[0] : undefined;
  if (!event) throw new Error(`what is ${state.kind} cannot expire`);
  const first = await ledger.decideHold(reservation, event);
  if (first.id === event.id) measure("ExpiredHolds", 1);
  return first;
}

const namesOf = ({ saleId, orderId, buyerId, requestId, traceId }: Reservation) => ({
  saleId,
  orderId,
  buyerId,
  requestId,
  ...(traceId !== undefined && { traceId }),
});
