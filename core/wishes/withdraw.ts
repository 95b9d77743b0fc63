import type { BuyerId, OrderId } from "../ids.ts";
import { type LookUpStores, shownOrder } from "../look-up/shown-order.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import { whyNotWithdraw, type WithdrawalRefusal } from "../reservation/withdrawal.ts";
import type { Withdrawal } from "../reservation/wish.ts";
import { makeWish, type WishDependencies, wishIdOf } from "./make-wish.ts";

export type WithdrawDependencies = WishDependencies & LookUpStores;

export type WithdrawRequest = {
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  /** Null: all that the buyer has. */
  readonly units: number | null;
  readonly idempotencyKey: string;
  readonly requestId: string;
  readonly nowMs: number;
};

export type WithdrawOutcome =
  /** It counts from then. What becomes of it is decided with the order. */
  | { readonly kind: "received"; readonly withdrawal: Withdrawal }
  | { readonly kind: "not_found" | "key_reused" }
  /** Nobody knows at present whether the order counts. */
  | { readonly kind: "checking" }
  | { readonly kind: "beyond_units"; readonly unitsLeft: number }
  | { readonly kind: "refused"; readonly why: WithdrawalRefusal | "nothing_to_withdraw" };

/**
 * Takes a buyer's withdrawal from an order, or from some of its units. It is dated when it comes first; whoever decides on it
 * later goes by that date. What is refused here at once, the consumer would refuse too.
 *
 * Repeating it with its key, at any point and however late, is the same withdrawal. @throws when a store does not answer.
 */
export async function withdraw(
  deps: WithdrawDependencies,
  request: WithdrawRequest,
): Promise<WithdrawOutcome> {
  const { orderId, buyerId, nowMs, requestId } = request;
  const entry = await deps.ledger.get(orderId, buyerId);
  if (!entry) return { kind: "not_found" };
  const wishId = wishIdOf(buyerId, request.idempotencyKey);
  const before = await deps.ledger.withdrawal(orderId, buyerId, wishId);
  if (before) return goOn(deps, entry, before, request);
  const refusal = await whyNot(deps, entry, request);
  if (refusal) return refusal;
  const withdrawal: Withdrawal = {
    wish: "withdraw",
    wishId,
    saleId: entry.reservation.saleId,
    orderId,
    buyerId,
    units: request.units ?? freeUnits(entry),
    reason: "",
    actorId: buyerId,
    wishedAtMs: nowMs,
    requestId,
  };
  const first = await makeWish(deps, withdrawal);
  return first?.wish === "withdraw" ? { kind: "received", withdrawal: first } : { kind: "key_reused" };
}

/** It was received before; it is brought on its way again unless somebody has decided on it. */
async function goOn(
  deps: WithdrawDependencies,
  { state }: LedgerEntry,
  before: Withdrawal,
  { units }: WithdrawRequest,
): Promise<WithdrawOutcome> {
  if (units !== null && units !== before.units) return { kind: "key_reused" };
  if (!state.wishes.includes(before.wishId)) await makeWish(deps, before);
  return { kind: "received", withdrawal: before };
}

async function whyNot(
  deps: WithdrawDependencies,
  entry: LedgerEntry,
  { units, nowMs }: WithdrawRequest,
): Promise<WithdrawOutcome | null> {
  const order = await shownOrder(deps, entry);
  if (order.state === "pending") return { kind: "checking" };
  const unitsLeft = freeUnits(entry);
  if (!["accepted", "authorised", "confirmed"].includes(order.state) || unitsLeft === 0)
    return { kind: "refused", why: "nothing_to_withdraw" };
  const sale = await deps.saleRecords.get(order.saleId);
  if (!sale) return { kind: "not_found" };
  const why = whyNotWithdraw(sale.withdrawal, entry.reservation.reservedAtMs, nowMs);
  if (why) return { kind: "refused", why };
  return units !== null && units > unitsLeft ? { kind: "beyond_units", unitsLeft } : null;
}

/** What the buyer has, and has not withdrawn from already. */
const freeUnits = ({ state, withdrawals = [] }: LedgerEntry): number =>
  Math.max(0, state.unitsLeft - withdrawals.reduce((sum, { units }) => sum + units, 0));
