import type { Chance } from "../engine/chance.ts";

// What the sale's page does. page.test.ts holds these to the page's own code.

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;
const RETRY_SPREAD = 0.25;

/** After the nth try that was turned away without a time: 429 of API Gateway, 503 where no environment was left. */
export const retryWaitMs = (tries: number, random: number): number =>
  Math.round(Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS) * (1 + RETRY_SPREAD * random));

/** Pages ask within so much of each other at the opening. */
export const OPENING_SPREAD_MS = 800;
/** An edge keeps a status for so long. */
export const CACHE_MS = 1_000;
const OVERDUE_POLL_MS = 1_000;
export const POLL_SPREAD = 0.1;
/** What the status says today, whatever the crowd. */
export const POLL_AFTER_MS = { open: 1_000, soldOut: 5_000 } as const;
/** Even a slow sale is asked about this often. */
export const LONGEST_POLL_MS = 60_000;

/** Nobody measured people here: half of them press Buy within a second of seeing it, one in twenty after 2.7 s. */
const REACTION_MS = 1_000;
const REACTION_SPREAD = 0.6;

export const reactionMs = (chance: Chance): number => chance.skewed(REACTION_MS, REACTION_SPREAD);

/** When a page first shows that the sale is open: an edge may still have the answer of before the opening. */
export function seesOpeningMs(chance: Chance, openingSpreadMs: number): number {
  const asksMs = chance.below(openingSpreadMs);
  const copyAgeMs = chance.below(CACHE_MS);
  return copyAgeMs <= asksMs ? asksMs : asksMs + OVERDUE_POLL_MS * (1 + chance.below(POLL_SPREAD));
}

/** How long after the sell-out a page shows it: the edge's copy ages, then the page asks. */
export const noticesMs = (chance: Chance, pollAfterMs: number): number =>
  chance.below(CACHE_MS) + chance.below(pollAfterMs * (1 + POLL_SPREAD / 2));

const FIRST_LOOK_MS = 400;
const LONGEST_LOOK_MS = 5_000;
const LOOK_GROWTH = 1.5;

/** When a buyer's page looks at the order, from its acceptance until it is confirmed. */
export function looksMs(acceptedAtMs: number, confirmedAtMs: number): number[] {
  const looks: number[] = [];
  let atMs = acceptedAtMs;
  do {
    atMs += Math.min(FIRST_LOOK_MS * LOOK_GROWTH ** looks.length, LONGEST_LOOK_MS);
    looks.push(atMs);
  } while (atMs < confirmedAtMs);
  return looks;
}
