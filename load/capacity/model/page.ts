import type { Chance } from "../engine/chance.ts";

// What the sale's page does. page.test.ts holds these to the page's own code.

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;
const RETRY_SPREAD = 0.25;

/** After the nth try that was turned away, the longer the more there were: 429 of API Gateway, 503 where no environment was left. */
export const retryWaitMs = (tries: number, random: number): number =>
  askedWaitMs(Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS), random);

/** After a try whose answer asks for so long a wait. */
export const askedWaitMs = (waitMs: number, random: number): number =>
  Math.round(waitMs * (1 + RETRY_SPREAD * random));

/** Buy appears on every page so long after the start, by the server's clock. */
export const OPENING_MS = 500;
/** A page that is told after the start that the sale is still to come looks again so soon. */
export const OVERDUE_LOOK_MS = 3_000;
/** An edge keeps a status for so long. */
export const CACHE_MS = 1_000;
/** A wait up to this is drawn out by a tenth, a longer one from a half to one and a half of it. */
export const QUICK_MS = 1_500;
export const POLL_SPREAD = 0.1;
/** A page looks so often at a line while its turn may come within so long. */
export const NEAR_LOOK_MS = 2_000;
export const NEAR_MS = 30_000;

/** Nobody measured people here: half of them press Buy within a second of seeing it, one in twenty after 2.7 s. */
const REACTION_MS = 1_000;
const REACTION_SPREAD = 0.6;

export const reactionMs = (chance: Chance): number => chance.skewed(REACTION_MS, REACTION_SPREAD);

/** How long after the sell-out a page shows it: the edge's copy ages, then the page asks. */
export const noticesMs = (chance: Chance, pollAfterMs: number): number =>
  chance.below(CACHE_MS) + chance.below(pollAfterMs * (pollAfterMs <= QUICK_MS ? 1 + POLL_SPREAD / 2 : 1.5));

const FIRST_LOOK_MS = 400;
const LONGEST_LOOK_MS = 5_000;
const LOOK_GROWTH = 1.5;

/** How long a buyer's page waits before it looks at the order, after so many looks. */
export const orderLookMs = (looks: number): number =>
  Math.min(FIRST_LOOK_MS * LOOK_GROWTH ** looks, LONGEST_LOOK_MS);

/** When a buyer's page looks at the order, from its acceptance until it is confirmed. */
export function looksMs(acceptedAtMs: number, confirmedAtMs: number): number[] {
  const looks: number[] = [];
  let atMs = acceptedAtMs;
  do {
    atMs += orderLookMs(looks.length);
    looks.push(atMs);
  } while (atMs < confirmedAtMs);
  return looks;
}
