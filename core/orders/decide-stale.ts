import type { Kysely } from "kysely";
import { faultPoint } from "../fault-point.ts";
import type { Gate } from "../gate/gate.redis.ts";
import type { OrderId } from "../ids.ts";
import type { Warn } from "../log.ts";
import type { Database } from "../postgres/database.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import { namesOf, type Reservation } from "../reservation/reservation.ts";
import { recordOrders, recordRejected } from "./record-orders.postgres.ts";
import { type RecordedOrder, rejected } from "./recorded-order.ts";
import { untilOpen } from "./until-open.ts";

export type StaleDependencies = {
  readonly db: Kysely<Database>;
  readonly ledger: Ledger;
  readonly gate: Gate;
  readonly warn: Warn;
};

/**
 * Decides on reservations of an older epoch. Each that the ledger has is put to the gate: the gate has counted it, adopts
 * it, or has no unit left for it. A message without a ledger entry was never accepted by anybody.
 *
 * What the gate counts is marked in the ledger before its row is written: only a mark lets anybody be told that it is
 * accepted, and the next rebuild counts what is marked. Whoever dies in between leaves a pending order, and its message.
 */
export async function decideStale(
  deps: StaleDependencies,
  stale: readonly Reservation[],
): Promise<{ readonly recorded: readonly RecordedOrder[]; readonly undecided: readonly Reservation[] }> {
  if (stale.length === 0) return { recorded: [], undecided: [] };
  const replies = await Promise.all(stale.map((message) => askGate(deps, message)));
  const undecided: Reservation[] = [];
  const counted: Reservation[] = [];
  const refused: RecordedOrder[] = [];
  const epochs = new Map<OrderId, number>();
  for (const { message, reply } of replies) {
    if (reply.kind === "counted" || reply.kind === "adopted") counted.push(message);
    else if (reply.kind === "refused") refused.push(rejected(message, "stale_epoch"));
    else undecided.push(message);
    if ("epoch" in reply) epochs.set(message.orderId, reply.epoch);
  }
  await faultPoint("consumer_after_adopt");
  await Promise.all(counted.map((message) => deps.ledger.markAdopted(message, epochs.get(message.orderId)!)));
  await faultPoint("consumer_after_mark");
  const kept = await recordOrders(deps.db, counted, epochs);
  const gone = await recordRejected(deps.db, refused, epochs);
  return {
    recorded: [...kept.recorded, ...gone.recorded],
    undecided: [
      ...undecided,
      ...kept.stale,
      ...gone.stale,
      ...kept.failed.map(({ reservation }) => reservation),
    ],
  };
}

/** What the present gate makes of an order of an older epoch. "unknown": the ledger has no such order. */
export async function askGate({ ledger, gate, warn }: StaleDependencies, message: Reservation) {
  const entry = await ledger.get(message.orderId, message.buyerId);
  if (!entry) {
    warn("a message has no ledger entry", namesOf(message));
    return { message, reply: { kind: "unknown" as const } };
  }
  const reply = await untilOpen(
    () => gate.adopt(entry.reservation),
    ({ kind }) => kind === "recovering",
  );
  return { message, reply };
}
