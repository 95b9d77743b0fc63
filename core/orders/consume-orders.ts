import type { Kysely } from "kysely";
import { faultPoint } from "../fault-point.ts";
import type { Gate } from "../gate/gate.redis.ts";
import type { OrderId } from "../ids.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import { namesOf, parseReservation, type Reservation } from "../reservation/reservation.ts";
import type { Warn } from "../log.ts";
import type { Measure } from "../metrics.ts";
import type { Database } from "../postgres/database.ts";
import { saleEpochs } from "./sale-epochs.postgres.ts";
import { rejected, type SettledReservation } from "./record-orders.ts";
import { recordOrders, recordRejected } from "./record-orders.postgres.ts";

export type OrderMessage = { readonly messageId: string; readonly body: string };

export type ConsumerDependencies = {
  readonly db: Kysely<Database>;
  readonly ledger: Ledger;
  readonly gate: Gate;
  readonly warn: Warn;
  readonly measure: Measure;
};

/**
 * Writes a batch of order messages to PostgreSQL, then settles them in the ledger. Safe to repeat at any point, and for
 * any message delivered twice or out of order.
 *
 * @returns the ids of the messages to redeliver: unreadable ones, those of no sale or without a ledger entry, and those
 * that must wait for a recovery. The queue moves what keeps failing to the dead letters.
 * @throws when a store does not answer: the whole batch is redelivered.
 */
export async function consumeOrders(
  deps: ConsumerDependencies,
  messages: readonly OrderMessage[],
): Promise<string[]> {
  const { byOrder, messageIds, unreadable } = readMessages(deps, messages);
  const recorded = await recordOrders(deps.db, [...byOrder.values()]);
  const late = await decideStale(deps, recorded.stale);
  await faultPoint("consumer_after_commit");
  await deps.ledger.settle([...recorded.settled, ...late.settled]);

  for (const { reservation, error } of recorded.failed)
    deps.warn("an order cannot be recorded", { ...namesOf(reservation), error });
  const rejections = [...recorded.settled, ...late.settled].flatMap(({ reservation, settlement }) =>
    settlement.state === "rejected" ? [{ ...namesOf(reservation), reason: settlement.reason }] : [],
  );
  for (const rejection of rejections) deps.warn("an order was rejected", rejection);
  if (rejections.length > 0) deps.measure("RejectedOrders", rejections.length);
  const failed = [...recorded.failed.map((one) => one.reservation), ...late.undecided];
  return [...unreadable, ...failed.flatMap((one) => messageIds.get(one.orderId) ?? [])];
}

function readMessages(deps: ConsumerDependencies, messages: readonly OrderMessage[]) {
  const byOrder = new Map<OrderId, Reservation>();
  const messageIds = new Map<OrderId, string[]>();
  const unreadable: string[] = [];
  for (const { messageId, body } of messages) {
    try {
      const reservation = parseReservation(body);
      byOrder.set(reservation.orderId, reservation);
      messageIds.set(reservation.orderId, [...(messageIds.get(reservation.orderId) ?? []), messageId]);
    } catch (error) {
      deps.warn("a message is not a reservation", { messageId, error });
      unreadable.push(messageId);
    }
  }
  return { byOrder, messageIds, unreadable };
}

/**
 * Reservations of an older epoch: what the ledger knows is put to the gate, which has counted it, adopts it, or has no
 * unit left for it. A message without a ledger entry was never accepted by anybody.
 */
async function decideStale(deps: ConsumerDependencies, stale: readonly Reservation[]) {
  if (stale.length === 0) return { settled: [], undecided: [] };
  const epochs = await saleEpochs(deps.db, stale);
  const counted: Reservation[] = [];
  const refused: SettledReservation[] = [];
  const undecided: Reservation[] = [];
  const decide = async (message: Reservation) => {
    const entry = await deps.ledger.get(message.orderId, message.buyerId);
    return { message, reply: entry ? await adopt(deps.gate, entry.reservation) : ("unknown" as const) };
  };
  for (const { message, reply } of await Promise.all(stale.map(decide))) {
    if (reply === "counted" || reply === "adopted") counted.push(message);
    else if (reply === "refused") refused.push(rejected(message, "stale_epoch"));
    else undecided.push(message);
    if (reply === "unknown") deps.warn("a message has no ledger entry", namesOf(message));
  }
  const adopted = new Map(counted.map((one) => [one.orderId, epochs.get(one.saleId) ?? 0]));
  const recorded = await recordOrders(deps.db, counted, adopted);
  const settledRefused = refused.length > 0 ? await recordRejected(deps.db, refused) : [];
  return {
    settled: [...recorded.settled, ...settledRefused],
    undecided: [...undecided, ...recorded.stale, ...recorded.failed.map((one) => one.reservation)],
  };
}

const RECOVERY_WAIT_MS = 500;
const RECOVERY_LOOKS = 10;

/** Asks the gate; while it is rebuilt, a matter of a second once a stale message can be met, waits rather than redelivers. */
async function adopt(gate: Gate, reservation: Reservation) {
  for (let look = 1; ; look++) {
    const reply = await gate.adopt(reservation);
    if (reply !== "recovering" || look === RECOVERY_LOOKS) return reply;
    await new Promise((resume) => setTimeout(resume, RECOVERY_WAIT_MS));
  }
}
