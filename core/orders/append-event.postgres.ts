import { sql, type Transaction } from "kysely";
import { tellSoldOut } from "../events/tell-sale.postgres.ts";
import type { Database } from "../postgres/database.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import type { Reservation } from "../reservation/reservation.ts";

/** Appends the next event of an order that has a row, in the transaction that decided on it. */
export async function appendEvent(
  trx: Transaction<Database>,
  { orderId, saleId }: Reservation,
  event: ReservationEvent,
): Promise<void> {
  await sql`select move_order(${orderId}, ${JSON.stringify(event)}::jsonb)`.execute(trx);
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
