import type { SaleWithdrawal } from "../contract/sale-withdrawal.ts";

const DAY_MS = 86_400_000;

/** Why a withdrawal is not accepted: it came too late, or the law's exception applies. */
export type WithdrawalRefusal = "withdrawal_over" | "withdrawal_excepted";

/** The last instant of the last day, in UTC: a day that has begun belongs to the buyer. */
export function withdrawalEndsAtMs(days: number, reservedAtMs: number): number {
  const lastDay = Math.floor((reservedAtMs + days * DAY_MS) / DAY_MS);
  return (lastDay + 1) * DAY_MS - 1;
}

/**
 * Why a buyer can't withdraw from an order any more; null: they can. What counts is when the withdrawal was received, however
 * late somebody decides on it.
 */
export function whyNotWithdraw(
  terms: SaleWithdrawal,
  reservedAtMs: number,
  receivedAtMs: number,
): WithdrawalRefusal | null {
  if (terms.kind === "excepted") return "withdrawal_excepted";
  return receivedAtMs > withdrawalEndsAtMs(terms.days, reservedAtMs) ? "withdrawal_over" : null;
}
