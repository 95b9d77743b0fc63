import type { Kysely, Transaction } from "kysely";
import type { GuestList } from "../contract/guests.ts";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { changedOnce } from "../sale/change-sale.ts";
import type { Sale } from "../sale/sale.ts";
import { lockSale, storeSale } from "../sale/sales.postgres.ts";

/** Counts a change of the list's rows under the sale's lock; null: the sale goes by another list by now. */
export const countChange = (
  db: Kysely<Database>,
  saleId: SaleId,
  isStill: (list: GuestList) => boolean,
  andThen: (trx: Transaction<Database>) => Promise<void> = async () => {},
): Promise<Sale | null> =>
  db.transaction().execute(async (trx) => {
    const sale = await lockSale(trx, saleId);
    if (!sale || !isStill(sale.guestList)) return null;
    const counted = { ...sale, guestList: changedOnce(sale.guestList) };
    await storeSale(trx, counted);
    await andThen(trx);
    return counted;
  });
