import { type Clock, startStopwatch } from "../clock.ts";
import { type Asks, NO_ASKS } from "./poll-after.ts";

const MOST_KEYS = 1_000;
const SECOND_MS = 1_000;

type Counted = { asks: number; readonly sinceMs: () => number; readonly waitMs: number };

/** Counts how often an instance is asked about each sale, from one reading to the next. */
export function countAsks<Key>(clock: Clock) {
  const counted = new Map<Key, Counted>();

  return {
    /** Somebody asks. */
    note: (key: Key): void => {
      const known = counted.get(key);
      if (known) known.asks++;
    },

    /** How it was asked since the last reading. */
    since: (key: Key): Asks => {
      const known = counted.get(key);
      if (!known) return NO_ASKS;
      const perSecond = known.asks / (Math.max(SECOND_MS, known.sinceMs()) / SECOND_MS);
      return { perSecond, waitMs: known.waitMs };
    },

    /** A reading is made, and those who ask from now on are told to wait so long. */
    beginReading: (key: Key, waitMs: number): void => {
      if (counted.size >= MOST_KEYS) counted.clear();
      counted.set(key, { asks: 0, sinceMs: startStopwatch(clock), waitMs });
    },
  };
}
