import type { Phase } from "../contract/sale.ts";

/** What the next look of an open page depends on. */
export type Interest = {
  readonly phase: Phase;
  readonly untilStartMs: number;
  /** Attempts that the gate has decided; null: not known. */
  readonly attempts: number | null;
  /** Of a waiting room or a draw, where attempts come at the line's pace; entries are null until a list is counted. */
  readonly line: { readonly entries: number | null } | null;
};

/** Looks that all pages together may take each second: a fifth of what one distribution of the CDN does. */
const LOOKS_PER_SECOND = 50_000;

/** Nobody can count pages behind a CDN. While nothing tells how many they are, so many are expected. */
const EXPECTED_PAGES = 1_000_000;
/**
 * So many pages are expected for each attempt: of a million that press Buy, a gate hears some 4,000 in the first five seconds,
 * as the API's throttle turns most away, and what was sold out within one is refused from memory.
 */
const PAGES_AN_ATTEMPT = 100;
/** After this it is the attempts in as long a time, on average since the opening, that tell. */
const RUSH_MS = 600_000;
/** Not everybody who looks at a sale with a line joins it. */
const PAGES_AN_ENTRY = 5;

/** Nobody has pressed Buy yet. Few look then, as the first looks are spread over the long wait from before the opening. */
const FIRST_MS = 3_000;

/** The wait while few look; `scheduled`, `ended`: at least. */
const QUIET_MS: Readonly<Record<Phase, number>> = {
  open: 1_000,
  paused: 2_000,
  recovering: 2_000,
  sold_out: 5_000,
  scheduled: 1_000,
  ended: 30_000,
};

/** The longest wait: a page must still hear in time of a pause, a new start, or units that came back. */
const LONGEST_MS: Readonly<Record<Phase, number>> = {
  open: 20_000,
  paused: 20_000,
  // It ends within seconds, and no attempts are known as long.
  recovering: 10_000,
  sold_out: 30_000,
  scheduled: 30_000,
  ended: 30_000,
};

/**
 * How soon an open page looks again: each second while it matters and few look, and the more slowly the larger the crowd,
 * whatever is for sale. A million pages come to about `LOOKS_PER_SECOND`, and to twice that in the first seconds and while the
 * gate recovers. At the opening a page looks by its own clock.
 */
export function pollAfterMs(interest: Interest): number {
  const { phase, untilStartMs } = interest;
  const quietMs = phase === "scheduled" ? Math.max(QUIET_MS[phase], untilStartMs / 4) : QUIET_MS[phase];
  return Math.round(Math.min(Math.max(quietMs, crowdWaitMs(interest)), LONGEST_MS[phase]));
}

const waitMs = (pages: number) => (pages / LOOKS_PER_SECOND) * 1_000;

function crowdWaitMs({ phase, untilStartMs, attempts, line }: Interest): number {
  if (line) return waitMs(line.entries === null ? EXPECTED_PAGES : line.entries * PAGES_AN_ENTRY);
  // A sale that its tiers have bought up has not begun either.
  if (phase === "scheduled" || untilStartMs > 0 || attempts === null) return waitMs(EXPECTED_PAGES);
  const sinceStartMs = -untilStartMs;
  if (sinceStartMs < FIRST_MS) return FIRST_MS;
  return waitMs((attempts * PAGES_AN_ATTEMPT) / Math.max(1, sinceStartMs / RUSH_MS));
}
