import type { ReservationState } from "../../../core/reservation/lifecycle.ts";
import type { OrderId, SaleId } from "../../../core/ids.ts";
import type { Books } from "../../../local/payment/books.ts";
import type { Facts, OrderRow } from "../../verdict/facts.ts";

export type ProviderBooks = ReturnType<Books["all"]>;

/** The order that a payment is for. */
export const orderOf = (metadata: Readonly<Record<string, string>>) => metadata["order_id"] as OrderId;

/** What the provider has of one sale. */
export function booksOfSale({ sessions, intents, refunds }: ProviderBooks, saleId: SaleId): ProviderBooks {
  const isOfSale = ({ metadata }: { readonly metadata: Readonly<Record<string, string>> }) =>
    metadata["sale_id"] === saleId;
  const own = intents.filter(isOfSale);
  const ids = new Set(own.map(({ id }) => id));
  return {
    sessions: sessions.filter(isOfSale),
    intents: own,
    refunds: refunds.filter(({ intent }) => ids.has(intent)),
  };
}

const UNDER_WAY: readonly ReservationState["kind"][] = ["reserved", "held", "authorised", "placed"];

/**
 * Nothing more happens to a sale that is paid for: each order has ended in every store, and so has each of its payments; and what
 * is to go back of its money went back, and is noted.
 */
export function isPaidAtRest(
  { gate, ledger, database }: Facts,
  { sessions, intents }: ProviderBooks,
): boolean {
  const rows = new Map(database.rows.map(({ orderId, state }) => [orderId, state]));
  const wentBack = new Map(
    intents
      .filter(({ received }) => received > 0)
      .map(({ metadata, refunded }) => [orderOf(metadata), refunded]),
  );
  const isNoted = ({ orderId, state, refundedMinor }: OrderRow) =>
    !["confirmed", "returned", "refunded"].includes(state) || refundedMinor === (wentBack.get(orderId) ?? 0);
  return (
    gate.stock.held === 0 &&
    gate.outbox.length === 0 &&
    ledger.every(({ orderId, state }) => !UNDER_WAY.includes(state) && rows.get(orderId) === state) &&
    ledger.every(({ moneyBack }) => moneyBack.dueMinor === 0) &&
    database.rows.every(isNoted) &&
    sessions.every(({ status }) => status !== "open") &&
    intents.every(({ status }) => status !== "requires_capture")
  );
}
