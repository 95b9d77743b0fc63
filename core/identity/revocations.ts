import { type Clock, startStopwatch } from "../clock.ts";
import type { Warn } from "../log.ts";

/** A list as young as that is not read again. */
const FRESH_MS = 5_000;
/** An older one than that is waited for; between the two it is read while requests go on. */
const STALE_MS = 10_000;
/** Longest that any request waits for the list; a store that is silent holds nobody up for longer, and not each one. */
const WAIT_MS = 250;

const neverRead = (): number => Infinity;

type Attempt = { readonly done: Promise<void>; readonly ageMs: () => number; isOver: boolean };

/**
 * Which sessions were ended before their time, as this instance knows it: read in the background, one read at a time.
 *
 * A session that was ended is known to be here after ten seconds at most. If the table does not answer, requests go on by
 * the last list: a purchase does not depend on it.
 */
export function createRevocations(read: () => Promise<ReadonlySet<string>>, clock: Clock, warn: Warn) {
  let ended: ReadonlySet<string> = new Set();
  let ageMs = neverRead;
  let attempt: Attempt | null = null;

  function begin(): Attempt {
    const sinceBegun = startStopwatch(clock);
    const store = async () => {
      try {
        ended = await read();
        ageMs = sinceBegun;
      } catch (error) {
        warn("the list of ended sessions was not read", { error });
      } finally {
        begun.isOver = true;
      }
    };
    const begun: Attempt = { done: Promise.resolve().then(store), ageMs: sinceBegun, isOver: false };
    return begun;
  }

  /** Synchronous but for the first request, and the first after a pause. */
  return function isEnded(sessionId: string): boolean | Promise<boolean> {
    if (ended.has(sessionId)) return true;
    if (ageMs() <= FRESH_MS) return false;
    if (!attempt || (attempt.isOver && attempt.ageMs() > FRESH_MS)) attempt = begin();
    const waitMs = WAIT_MS - attempt.ageMs();
    if (ageMs() <= STALE_MS || attempt.isOver || waitMs <= 0) return false;
    return atMost(attempt.done, waitMs).then(() => ended.has(sessionId));
  };
}

async function atMost(done: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([done, late]);
  clearTimeout(timer);
}
