import type { OrderView } from "../contract/order.ts";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import { isUndecided, type LedgerEntry, orderView } from "../reservation/ledger.ts";
import type { SaleRecords } from "../sale/sale-record.dynamo.ts";
import type { SaleStandings } from "../sale/sale-standing.dynamo.ts";

/** What says how an order stands. */
export type StandingStores = { readonly ledger: Ledger; readonly saleRecords: SaleStandings };
/** What says besides what it was of. */
export type LookUpStores = { readonly ledger: Ledger; readonly saleRecords: SaleRecords };

/**
 * An entry of the ledger as its buyer may be told.
 *
 * An undecided one is accepted only if the gate of the epoch in the sale's record counts it. The record is read after the
 * entry: a recovery writes its epoch there before it reads the ledger, so what was in the ledger while the record still
 * bore the entry's epoch is counted by whichever gate comes next.
 *
 * @throws when the ledger does not answer in time.
 */
export async function shownOrder(stores: StandingStores, entry: LedgerEntry): Promise<OrderView> {
  return orderView(entry, !isUndecided(entry) || (await isCounted(stores, entry)));
}

async function isCounted({ ledger, saleRecords }: StandingStores, { reservation }: LedgerEntry) {
  const sale = await saleRecords.get(reservation.saleId);
  if (!sale) return false;
  if (reservation.epoch === sale.epoch) return true;
  if (!(await ledger.isMarked(reservation, sale.epoch))) return false;
  // The mark may have come after the next recovery read the ledger: it holds if that one had not begun by then.
  return (await saleRecords.get(reservation.saleId))?.epoch === sale.epoch;
}

/** One order of a buyer, as they may be told; null if this buyer has no such order. @throws as `shownOrder`. */
export async function findOrder(
  stores: StandingStores,
  orderId: OrderId,
  buyerId: BuyerId,
): Promise<OrderView | null> {
  const entry = await stores.ledger.get(orderId, buyerId);
  return entry && shownOrder(stores, entry);
}

/** A buyer's orders of one sale, oldest first, as they may be told. @throws as `shownOrder`. */
export async function ordersOfSale(
  stores: StandingStores,
  saleId: SaleId,
  buyerId: BuyerId,
): Promise<OrderView[]> {
  const entries = await stores.ledger.ofBuyer(saleId, buyerId);
  return Promise.all(entries.map((entry) => shownOrder(stores, entry)));
}
