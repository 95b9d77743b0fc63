import type { OrderId } from "../ids.ts";
import type { ReservationState } from "../reservation/lifecycle.ts";
import type { Wish } from "../reservation/wish.ts";
import { isStoreSilent } from "../store-errors.ts";
import type { Payments } from "./ask-for-money.ts";
import type { StaleDependencies } from "./decide-stale.ts";
import { decideWish } from "./decide-wish.postgres.ts";
import type { RecordedOrder } from "./recorded-order.ts";

type WishDependencies = Pick<StaleDependencies, "db" | "ledger" | "warn"> & { readonly payments: Payments };

const isDecided = ({ kind }: ReservationState): boolean =>
  kind !== "reserved" && kind !== "held" && kind !== "authorised";

type Wished = Awaited<ReturnType<typeof wishedOrders>>;

/** The orders that wishes are about: a wish may come before the message of its order, and is decided with it. */
export async function wishedOrders({ ledger }: Pick<WishDependencies, "ledger">, wishes: readonly Wish[]) {
  const found = await Promise.all(wishes.map(({ orderId, buyerId }) => ledger.get(orderId, buyerId)));
  const entries = found.filter((entry) => entry !== null);
  return {
    reservations: entries
      .map(({ reservation }) => reservation)
      .filter(({ heldUntilMs }) => heldUntilMs === undefined),
    holds: entries.flatMap(({ reservation, history = [] }) =>
      history.length > 0 ? [{ reservation, events: history }] : [],
    ),
    /** Of sales that are paid for: what becomes of them may wait for the provider, however long. */
    ofPaidSales: new Set(
      entries.flatMap(({ reservation }) =>
        reservation.heldUntilMs === undefined ? [] : [reservation.orderId],
      ),
    ),
    /** To be paid for still: a wish ends such a hold. */
    held: new Set(
      entries.flatMap(({ reservation, state }) => (state.kind === "held" ? [reservation.orderId] : [])),
    ),
    /** Nothing was decided on them when the ledger was read: if it is now, no other message need say so. */
    undecided: entries.flatMap(({ reservation, state }) => (isDecided(state) ? [] : [reservation])),
  };
}

/**
 * Decides on wishes, in turn; `orders` then has their outcome. A hold has those who reach the provider end it: what comes of
 * that, the hold's own message tells.
 *
 * A message comes again a few times only, and the provider may be out of reach for longer. So a wish that waits for a payment
 * does not wait on the queue: it is on the list of open wishes, and each minute whoever goes on with them sends it anew.
 *
 * @returns the orders whose messages must come again.
 */
export async function decideWishes(
  deps: WishDependencies,
  wishes: readonly Wish[],
  orders: Map<OrderId, RecordedOrder>,
  { held, ofPaidSales }: Pick<Wished, "held" | "ofPaidSales">,
): Promise<OrderId[]> {
  const undecided: OrderId[] = [];
  for (const wish of wishes) {
    const order = orders.get(wish.orderId);
    const decided = order && (await tryWish(deps, wish, order));
    if (decided === "failed") undecided.push(wish.orderId);
    else if (decided) orders.set(wish.orderId, decided);
    else {
      const { orderId, requestId } = wish;
      if (held.has(orderId)) await endHold(deps, wish);
      else deps.warn("a wish cannot be decided yet", { orderId, requestId });
      if (!ofPaidSales.has(orderId)) undecided.push(orderId);
    }
  }
  return undecided;
}

/** One that cannot be decided holds up none of the others. */
async function tryWish({ db, warn }: WishDependencies, wish: Wish, { reservation }: RecordedOrder) {
  const { orderId, wishId, requestId } = wish;
  try {
    return await decideWish(db, wish, reservation);
  } catch (error) {
    if (isStoreSilent(error)) throw error;
    warn("a wish cannot be decided", { orderId, wishId, requestId, error });
    return "failed";
  }
}

async function endHold({ payments, warn }: WishDependencies, wish: Wish): Promise<void> {
  const { wishId, saleId, orderId, buyerId, actorId, requestId } = wish;
  try {
    await payments.send({ task: "cancel", saleId, orderId, buyerId, wishId, actorId, requestId });
  } catch (error) {
    warn("a hold cannot be ended yet", { orderId, requestId, error });
  }
}
