import { type Clock, startStopwatch } from "../clock.ts";

/** Longest that what was read is told again. */
export const FRESH_MS = 1_000;
const MOST_KEYS = 1_000;

type Kept<Value> = { readonly value: Value; readonly ageMs: () => number };

/**
 * Reads through a memory: what was read is told again until a second after its reading began, and while a reading is under way
 * whoever asks waits for that one. A reading that fails is told as its error to those who waited, and what was read before
 * it is told no longer.
 */
export function createFresh<Key, Value>(read: (key: Key) => Promise<Value>, clock: Clock) {
  const kept = new Map<Key, Kept<Value>>();
  const reading = new Map<Key, Promise<Value>>();

  function begin(key: Key): Promise<Value> {
    const ageMs = startStopwatch(clock);
    kept.delete(key);
    const work = readInto(key, ageMs).finally(() => reading.delete(key));
    reading.set(key, work);
    return work;
  }

  async function readInto(key: Key, ageMs: () => number): Promise<Value> {
    const value = await read(key);
    if (kept.size >= MOST_KEYS) kept.clear();
    kept.set(key, { value, ageMs });
    return value;
  }

  return (key: Key): Promise<Value> => {
    const known = kept.get(key);
    const ageMs = known?.ageMs() ?? FRESH_MS;
    // Below nothing: the clock was set back, and says nothing.
    if (known && ageMs >= 0 && ageMs < FRESH_MS) return Promise.resolve(known.value);
    return reading.get(key) ?? begin(key);
  };
}
