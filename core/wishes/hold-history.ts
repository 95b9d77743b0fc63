import type { Kysely } from "kysely";
import type { OrderHistory } from "../contract/cancellation.ts";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { holdRow } from "../orders/hold-row.ts";
import type { Database } from "../postgres/database.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import { wishesOf } from "./wish-audit.postgres.ts";

/** An open hold of a sale with what was wished for; null: this buyer has none under this id. */
export async function holdHistory(
  { db, ledger }: { readonly db: Kysely<Database>; readonly ledger: Pick<Ledger, "get"> },
  saleId: SaleId,
  orderId: OrderId,
  buyerId: BuyerId,
): Promise<OrderHistory | null> {
  const entry = await ledger.get(orderId, buyerId);
  const order = entry && entry.reservation.saleId === saleId ? holdRow(entry) : null;
  if (!order) return null;
  const wishes = await wishesOf(db, orderId);
  return { order, events: [], money: null, undecided: wishes.map(({ orderId: _order, ...wish }) => wish) };
}
