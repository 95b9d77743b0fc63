import { createAttempts } from "../attempts.ts";
import type { Clock } from "../clock.ts";
import type { BuyerId, SaleId } from "../ids.ts";

/** Longest that a sale's record is not read again, once it said that the sale goes on. */
const KNOWN_MS = 1_000;
const MOST_SALES = 1_000;

export type LedgerLooks = ReturnType<typeof createLedgerLooks>;

/**
 * What this instance asks the ledger of sales that have no gate: each purchase costs a look there, and no gate counts them.
 *
 * Of a sale that goes on the record is read once a second, however many ask while its gate is lost. That a sale is over is
 * never told from memory, since it may have been extended. Of one that is over each buyer's orders are read as often as
 * its gate would let them attempt.
 */
export function createLedgerLooks(clock: Clock) {
  const goesOn = new Map<SaleId, () => number>();
  const waitForAttempt = createAttempts(clock);

  return {
    /** Whether the record said within the last second that the sale goes on. */
    isGoingOn(saleId: SaleId): boolean {
      const ageMs = goesOn.get(saleId)?.();
      return ageMs !== undefined && ageMs >= 0 && ageMs < KNOWN_MS;
    },

    /** Keeps that a record said so which was asked for `ageMs` ago. */
    noteGoingOn(saleId: SaleId, ageMs: () => number): void {
      if (goesOn.size >= MOST_SALES) goesOn.clear();
      goesOn.set(saleId, ageMs);
    },

    /** Counts a look for a buyer and answers 0; or answers in how many milliseconds the next one is free. */
    waitMs: (saleId: SaleId, buyerId: BuyerId, attemptLimit: number): number =>
      waitForAttempt(`${saleId}:${buyerId}`, attemptLimit),
  };
}
