import type { LineView } from "../contract/line.ts";

/** Looks that all pages together may take each second, beside those at the sale: a sixth of what one distribution of the CDN does. */
const LOOKS_PER_SECOND = 40_000;
const LEAST_MS = 2_000;
/** While people join nothing moves, and how many there are is not known: a page wakes up for the closing by itself. */
const LEAST_JOINING_MS = 10_000;
const MOST_MS = 30_000;

/** What the next look of a page that waits depends on. */
export type LineInterest = {
  readonly phase: LineView["phase"];
  /** Entries in the lists that are not over yet. */
  readonly entries: number;
  readonly untilCloseMs: number;
};

/**
 * How soon a page looks at its line again, in milliseconds: the more slowly the more wait, so that a million pages stay at
 * about `LOOKS_PER_SECOND`. Pages whose turn is near look each `LEAST_MS`, whatever this says: the pace bounds how many they are.
 */
export function linePollAfterMs({ phase, entries, untilCloseMs }: LineInterest): number {
  switch (phase) {
    case "joining":
      return Math.round(Math.min(MOST_MS, Math.max(LEAST_JOINING_MS, untilCloseMs / 4)));
    case "closing":
    case "drawing":
    case "moving":
      return Math.round(Math.min(MOST_MS, Math.max(LEAST_MS, (entries / LOOKS_PER_SECOND) * 1_000)));
    case "ended":
      return MOST_MS;
    default:
      return phase satisfies never;
  }
}
