import { type Kysely, sql, type Transaction } from "kysely";
import type { RejectionReason } from "../contract/order.ts";
import { tellSoldOut } from "../events/tell-sale.postgres.ts";
import type { Database } from "../postgres/database.ts";
import { type Command, decide, type ReservationEvent } from "../reservation/lifecycle.ts";
import type { ReservationMessage } from "../reservation/order-message.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { stateOf } from "../reservation/state-of.ts";
import { existingOrders } from "./existing-orders.postgres.ts";
import { isCountedNow, isRefusedNow } from "./present-epoch.ts";
import type { RecordedOrder } from "./recorded-order.ts";
import { isRefusal, lockSales, reasonOf } from "./sale-laws.postgres.ts";

/** What a gate has said about an order of an older epoch, and in which epoch; it holds for that epoch alone. */
export type GateWord = { readonly isCounted: boolean; readonly epoch: number };

/**
 * Writes an authorised order as placed, or as rejected if a law or its gate refuses it. Safe to repeat: one that has a row
 * is answered as it is. One transaction for each order: a payment takes a thousand times as long.
 *
 * @returns "stale": it was made by another life of the gate than the present one, and no gate's word about it holds.
 * @throws when the database does not answer, and on what is poison; nothing is known of the order then.
 */
export async function placeOrder(
  db: Kysely<Database>,
  message: ReservationMessage,
  word: GateWord | null = null,
): Promise<RecordedOrder | "stale"> {
  if (word && !word.isCounted) return rejectOrder(db, message, "stale_epoch", word.epoch);
  try {
    return await db.transaction().execute(async (trx) => {
      const { reservation } = message;
      const { row, presentEpoch } = await lookAt(trx, reservation);
      if (row) return row;
      if (!isCountedNow(reservation.epoch, word?.epoch, presentEpoch)) return "stale";
      const placed = await insert(trx, message, null);
      if (placed) await tellSoldOut(trx, [reservation.saleId]);
      // The index of a buyer's numbers refused it: another order has its number.
      return placed ?? (await insert(trx, message, "over_purchase_limit")) ?? "stale";
    });
  } catch (error) {
    const reason = isRefusal(error) ? reasonOf(error) : null;
    if (reason === null) throw error;
    return rejectOrder(db, message, reason);
  }
}

/**
 * The same for several at once, as long as nothing refuses any of them: one lock of their sale and one commit for all.
 *
 * @returns those that have a row now; the others are to be placed one by one.
 * @throws when the database does not answer, and when one of them is refused: none is written then.
 */
export async function placeTogether(
  db: Kysely<Database>,
  messages: readonly ReservationMessage[],
): Promise<RecordedOrder[]> {
  return db.transaction().execute(async (trx) => {
    const reservations = messages.map(({ reservation }) => reservation);
    const epochs = await lockSales(trx, reservations);
    const rows = await existingOrders(trx, reservations);
    const recorded: RecordedOrder[] = [];
    for (const message of messages) {
      const { orderId, saleId, epoch } = message.reservation;
      const isCounted = isCountedNow(epoch, undefined, epochs.get(saleId));
      const order = rows.get(orderId) ?? (isCounted ? await insert(trx, message, null) : null);
      if (order) recorded.push(order);
    }
    await tellSoldOut(trx, [...epochs.keys()]);
    return recorded;
  });
}

/** @param refusedIn the epoch of the gate that refused it; undefined: a law did. */
async function rejectOrder(
  db: Kysely<Database>,
  message: ReservationMessage,
  reason: RejectionReason,
  refusedIn?: number,
): Promise<RecordedOrder | "stale"> {
  return db.transaction().execute(async (trx) => {
    const { row, presentEpoch } = await lookAt(trx, message.reservation);
    if (row) return row;
    if (!isRefusedNow(refusedIn, presentEpoch)) return "stale";
    return (await insert(trx, message, reason)) ?? "stale";
  });
}

async function lookAt(trx: Transaction<Database>, reservation: Reservation) {
  const presentEpoch = (await lockSales(trx, [reservation])).get(reservation.saleId);
  if (presentEpoch === undefined) throw new Error(`there is no sale ${reservation.saleId}`);
  const row = (await existingOrders(trx, [reservation])).get(reservation.orderId);
  return { row, presentEpoch };
}

/** Null: an index refused the row. */
async function insert(
  trx: Transaction<Database>,
  { reservation, events }: ReservationMessage,
  reason: RejectionReason | null,
): Promise<RecordedOrder | null> {
  const [authorised] = events;
  const command: Command = reason === null ? { kind: "place" } : { kind: "reject", reason };
  const decision = decide(command, stateOf(reservation, events));
  if (decision.kind !== "events" || authorised?.kind !== "authorised" || events.length > 1)
    throw new Error(`an order cannot be ${command.kind}d after ${events.map(({ kind }) => kind).join()}`);
  const r = reservation;
  const { rows } = await sql<{ isNew: boolean }>`
    select place_order(
      ${r.orderId}, ${r.saleId}, ${r.buyerId}, ${r.n}::int, ${r.quantity}::int, ${r.place}::int, ${r.epoch}::int,
      ${reason}::text, ${r.requestId}, ${r.traceId ?? null}::text, ${new Date(r.reservedAtMs)}::timestamptz,
      ${JSON.stringify(authorised)}::jsonb) as "isNew"`.execute(trx);
  const history: readonly ReservationEvent[] = [...events, ...decision.events];
  return rows[0]?.isNew ? { reservation, history } : null;
}
