/** What decides when a sale is looked at again. */
export type Scene = {
  /** Something is under way: an outbox entry, an order without its row, a recovery, a look that failed. */
  readonly isBusy: boolean;
  /** Since something changed at its gate or in its settings. */
  readonly quietMs: number;
  /** By the gate's clock; below nothing once it has begun. */
  readonly untilStartMs: number;
};

/** How often a sale is looked at while something happens in it. */
export const LOOK_EVERY_MS = 1_000;
/**
 * The longest wait between two looks at a sale that sells. A reservation that nobody finishes is relayed once it is two
 * seconds old; one that is first seen at three is relayed then, no later than by a look each second.
 */
const LONGEST_SELLING_MS = 3_000;
const SHARE_OF_QUIET = 10;
/** The longest wait for a sale that does not open soon: there is time to mend it. */
const LONGEST_FAR_MS = 15_000;
const SHARE_OF_FAR = 20;

/** How long after a look the next one is due: the longer the less happens, and each second near an opening. */
export function lookAfterMs({ isBusy, quietMs, untilStartMs }: Scene): number {
  if (isBusy) return LOOK_EVERY_MS;
  const [share, longestMs] =
    untilStartMs > 0
      ? [untilStartMs / SHARE_OF_FAR, LONGEST_FAR_MS]
      : [quietMs / SHARE_OF_QUIET, LONGEST_SELLING_MS];
  return Math.min(longestMs, Math.max(LOOK_EVERY_MS, share));
}
