/** Writes and reads a second that a new on-demand table takes at once. */
const COLD = { reads: 12_000, writes: 4_000 } as const;
/** An accepted purchase is two items, and one more for a retry. */
const WRITES_PER_ATTEMPT = 3;
/** A join by its puzzle: that it was asked for, its solution spent, two places that it comes from, and the entry. */
const WRITES_PER_JOIN = 5;

/**
 * Requests a second that the ledger must take at once, so that a crowd of so many attempts is not refused for minutes while
 * the table grows, or the table of the lines by so many joins; null: it does so anyhow. AWS takes a charge for raising it, once, and never lowers it again.
 */
export function ledgerWarmth(
  attemptsPerSecond: number,
  joinsPerSecond = 0,
): { reads: number; writes: number } | null {
  const writes = attemptsPerSecond * WRITES_PER_ATTEMPT + joinsPerSecond * WRITES_PER_JOIN;
  return writes <= COLD.writes ? null : { reads: COLD.reads, writes };
}
