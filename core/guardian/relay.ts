import { chunk } from "../dynamo/write-items.dynamo.ts";
import type { GateContents } from "../gate/gate-contents.redis.ts";
import type { Gate } from "../gate/gate.redis.ts";
import type { SaleId } from "../ids.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import type { OrderQueue } from "../orders/order-queue.sqs.ts";
import type { Reservation } from "../reservation/reservation.ts";

/** The purchase itself is still at work on younger reservations. */
const RELAY_AFTER_MS = 2_000;
/** Most reservations in one turn; the others wait for the next. */
const MOST_AT_ONCE = 1_000;
const CONCURRENT_PUTS = 16;

export type RelayDependencies = {
  readonly gate: Gate;
  readonly contents: GateContents;
  readonly ledger: Ledger;
  readonly queue: OrderQueue;
};

export type Relayed = { readonly relayed: number; readonly oldestMs: number };

/**
 * Finishes reservations that nobody finished: into the ledger, onto the queue, out of the outbox. A hold is not sent before
 * it is paid for: the gate's list of holds remembers it. Every step is safe to repeat, and safe beside the purchase itself or
 * another relay.
 *
 * @param nowMs by the gate's clock. @throws when a store does not answer; the entries stay for the next turn.
 */
export async function relay(deps: RelayDependencies, saleId: SaleId, nowMs: number): Promise<Relayed> {
  const outbox = await deps.contents.outbox(saleId, MOST_AT_ONCE);
  const due = outbox.filter((reservation) => nowMs - reservation.reservedAtMs > RELAY_AFTER_MS);
  const oldestMs = outbox.reduce(
    (oldest, reservation) => Math.max(oldest, nowMs - reservation.reservedAtMs),
    0,
  );
  await republish(deps, due);
  return { relayed: due.length, oldestMs };
}

/** The relay's steps for given reservations, whether their outbox entries are there or not. */
export async function republish(
  deps: Omit<RelayDependencies, "contents">,
  reservations: readonly Reservation[],
): Promise<void> {
  for (const together of chunk(reservations, CONCURRENT_PUTS)) {
    await putAll(deps.ledger, together);
    const [holds, free] = partition(together, ({ heldUntilMs }) => heldUntilMs !== undefined);
    const sent = await deps.queue.sendAll(free);
    await Promise.all([...holds, ...sent].map(({ saleId, orderId }) => deps.gate.clear(saleId, orderId)));
  }
}

const partition = <T>(all: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] => [
  all.filter(isFirst),
  all.filter((item) => !isFirst(item)),
];

/** Puts reservations into the ledger. One that is there already stays as it is. */
export async function putAll(ledger: Ledger, reservations: readonly Reservation[]): Promise<void> {
  for (const together of chunk(reservations, CONCURRENT_PUTS))
    await Promise.all(together.map((reservation) => ledger.put(reservation)));
}
