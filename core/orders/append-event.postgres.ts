import { sql, type Transaction } from "kysely";
import { tellSoldOut } from "../events/tell-sale.postgres.ts";
import type { Database } from "../postgres/database.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import type { Reservation } from "../reservation/reservation.ts";

/**
 * Appends the next event of an order that has a row, in the transaction that decided on it.
 *
 * @throws when the row does not take it: the history that was decided on is not the row's, or the event has an id that the row
 * has already. Nothing of the transaction may stand then, and whoever goes on would tell of what never happened.
 */
export async function appendEvent(
  trx: Transaction<Database>,
  { orderId, saleId }: Reservation,
  event: ReservationEvent,
): Promise<void> {
  const { rows } = await sql<{ isTaken: boolean }>`
    select move_order(${orderId}, ${JSON.stringify(event)}::jsonb) as "isTaken"`.execute(trx);
  if (!rows[0]?.isTaken) throw new Error(`${orderId} has had its event ${event.id} before ${event.number}`);
  if (event.kind === "returned" || event.kind === "failed") await tellSoldOut(trx, [saleId]);
  // Gate and ledger have something to learn: a closed sale is looked after again, under a revision of its own.
  await trx
    .updateTable("sales")
    .set((eb) => ({
      closed_at: null,
      revision: eb("revision_given", "+", 1),
      revision_given: eb("revision_given", "+", 1),
    }))
    .where("id", "=", saleId)
    .where("closed_at", "is not", null)
    .execute();
}
