import type { ReservationMessage } from "../reservation/order-message.ts";
import { namesOf, type Reservation } from "../reservation/reservation.ts";
import { askGate, type StaleDependencies } from "./decide-stale.ts";
import { recordEnded } from "./record-ended.postgres.ts";
import { type GateWord, placeOrder, placeTogether } from "./place-order.postgres.ts";
import type { OrderId } from "../ids.ts";
import { isStoreSilent } from "../store-errors.ts";
import type { RecordedOrder } from "./recorded-order.ts";

export type PlacedOrders = {
  /** With all that became of each. */
  readonly recorded: readonly RecordedOrder[];
  /** To be brought again. */
  readonly undecided: readonly Reservation[];
};

/**
 * Takes what became of holds: one that was paid for gets its row, and so does one that ended, without units. An error of one
 * order holds back no other.
 */
export async function placeOrders(
  deps: StaleDependencies,
  messages: readonly ReservationMessage[],
): Promise<PlacedOrders> {
  const recorded: RecordedOrder[] = [];
  const undecided: Reservation[] = [];
  const placed = new Map([...(await recordMost(deps, messages)), ...(await placeMost(deps, messages))]);
  for (const { reservation, events } of messages) {
    const order = placed.get(reservation.orderId) ?? (await takeMessage(deps, { reservation, events }));
    if (order) recorded.push(order);
    else undecided.push(reservation);
  }
  return { recorded, undecided };
}

/** Those that ended unpaid, together; where one of them is poison, each is recorded by itself. */
async function recordMost(
  { db, warn }: StaleDependencies,
  messages: readonly ReservationMessage[],
): Promise<ReadonlyMap<OrderId, RecordedOrder>> {
  const ended = messages.filter(({ events: [first] }) => first !== undefined && first.kind !== "authorised");
  try {
    return new Map((await recordEnded(db, ended)).map((order) => [order.reservation.orderId, order]));
  } catch (error) {
    if (isStoreSilent(error)) throw error;
    warn("holds that ended are recorded one by one", { error });
    return new Map();
  }
}

/** So many hold the lock of their sale for a moment only. */
const TOGETHER = 100;

/** Those that can be placed together; where one of them is refused, its neighbours are placed one by one. */
async function placeMost(
  { db, warn }: StaleDependencies,
  messages: readonly ReservationMessage[],
): Promise<ReadonlyMap<OrderId, RecordedOrder>> {
  const authorised = messages.flatMap(({ reservation, events: [first] }) =>
    first?.kind === "authorised" ? [{ reservation, events: [first] }] : [],
  );
  const placed = new Map<OrderId, RecordedOrder>();
  for (let i = 0; i < authorised.length; i += TOGETHER) {
    try {
      for (const order of await placeTogether(db, authorised.slice(i, i + TOGETHER)))
        placed.set(order.reservation.orderId, order);
    } catch (error) {
      if (isStoreSilent(error)) throw error;
      warn("orders are placed one by one", { error });
    }
  }
  return placed;
}

async function takeMessage(
  deps: StaleDependencies,
  message: ReservationMessage,
): Promise<RecordedOrder | null> {
  const { reservation, events } = message;
  const [first] = events;
  if (!first) {
    deps.warn("a hold was sent before anything became of it", namesOf(reservation));
    return null;
  }
  try {
    if (first.kind !== "authorised") return (await recordEnded(deps.db, [message]))[0] ?? null;
    // What is later than its authorisation only the row says.
    const authorised = { reservation, events: [first] };
    const placed = await placeOrder(deps.db, authorised);
    return placed === "stale" ? await placeStale(deps, authorised) : placed;
  } catch (error) {
    deps.warn("an order cannot be placed", { ...namesOf(reservation), error });
    return null;
  }
}

/** As decide-stale.ts does: the gate is asked, and what it counts is marked before its row is written. */
async function placeStale(
  deps: StaleDependencies,
  message: ReservationMessage,
): Promise<RecordedOrder | null> {
  const { reservation } = message;
  const { reply } = await askGate(deps, reservation);
  if (!("epoch" in reply)) return null;
  const word: GateWord = { isCounted: reply.kind !== "refused", epoch: reply.epoch };
  if (word.isCounted) await deps.ledger.markAdopted(reservation, word.epoch);
  const placed = await placeOrder(deps.db, message, word);
  return placed === "stale" ? null : placed;
}
