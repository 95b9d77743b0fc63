import type { Kysely } from "kysely";
import type { Database } from "../postgres/database.ts";
import { decide } from "../reservation/lifecycle.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { stateOf } from "../reservation/state-of.ts";
import type { Wish } from "../reservation/wish.ts";
import { appendEvent } from "./append-event.postgres.ts";
import { commandOf } from "./command-of-wish.ts";
import { existingOrders } from "./existing-orders.postgres.ts";
import type { RecordedOrder } from "./recorded-order.ts";
import { lockSales } from "./sale-laws.postgres.ts";

/**
 * Decides on a wish, in the one transaction that may move its order. Safe to repeat: a wish is decided once.
 *
 * @returns the order with all that became of it; null: its reservation is not decided yet, so neither is the wish.
 */
export async function decideWish(
  db: Kysely<Database>,
  wish: Wish,
  reservation: Reservation,
): Promise<RecordedOrder | null> {
  return db.transaction().execute(async (trx) => {
    await lockSales(trx, [reservation]);
    const order = (await existingOrders(trx, [reservation])).get(reservation.orderId);
    if (!order) return null;
    const { withdrawal } = await trx
      .selectFrom("sales")
      .select("withdrawal")
      .where("id", "=", reservation.saleId)
      .executeTakeFirstOrThrow();
    const command = commandOf(wish, reservation, withdrawal);
    const decision = decide(command, stateOf(reservation, order.history));
    if (decision.kind !== "events") return null;
    for (const event of decision.events) await appendEvent(trx, reservation, event);
    return { reservation, history: [...order.history, ...decision.events] };
  });
}
