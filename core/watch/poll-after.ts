import type { Phase } from "../contract/sale.ts";

/** What the next look of an open page depends on. */
export type Interest = {
  readonly phase: Phase;
  /** Whether people wait in a line for it: then attempts say nothing of how many look. */
  readonly hasLine: boolean;
  readonly untilStartMs: number;
  /** Units given to the sale. */
  readonly allocated: number;
  /** Attempts that the gate has decided; null: not known. */
  readonly attempts: number | null;
  readonly asks: Asks;
};

/** How an instance was asked about the sale of late, and how long a wait it had told those who asked. */
export type Asks = { readonly perSecond: number; readonly waitMs: number };
export const NO_ASKS: Asks = { perSecond: 0, waitMs: 0 };

/** Looks that all pages together may take each second: a fifth of what one distribution of the CDN does. */
const LOOKS_PER_SECOND = 50_000;
/** Looks that one instance is to get each second; it counts what the CDN lets through. */
const LOOKS_AN_INSTANCE = 1_000;
/** Who waits for an opening cannot be counted behind the CDN. So many are expected for each unit. */
const SHOPPERS_A_UNIT = 100;
/**
 * So long after the opening they are still expected; then the attempts tell. Once it is sold out most attempts are answered
 * from memory, which the gate does not count, and nobody is hurried any more.
 */
const RUSH_MS = { open: 60_000, sold_out: 600_000 } as const;

/** The longest wait: a page must still hear in time of a pause, a new start, or units that came back. */
const LONGEST_MS: Readonly<Record<Phase, number>> = {
  open: 20_000,
  paused: 20_000,
  recovering: 20_000,
  sold_out: 30_000,
  scheduled: 30_000,
  ended: 30_000,
};

/**
 * How soon an open page looks again: each second while it matters, rarely while nothing can change, and the more slowly the
 * larger the crowd. A million pages stay at about `LOOKS_PER_SECOND`. At the opening a page looks by its own clock.
 */
export function pollAfterMs(interest: Interest): number {
  const { phase, asks } = interest;
  const byCrowd = (crowdOf(interest) / LOOKS_PER_SECOND) * 1_000;
  const byAsks = (asks.perSecond / LOOKS_AN_INSTANCE) * asks.waitMs;
  const waitMs = Math.max(quietWaitMs(interest), byCrowd, byAsks);
  return Math.round(Math.min(waitMs, LONGEST_MS[phase]));
}

/** Everybody who may be looking, or has been. */
function crowdOf({ phase, hasLine, untilStartMs, allocated, attempts }: Interest): number {
  const isRush =
    phase === "scheduled" ||
    ((phase === "open" || phase === "sold_out") && (hasLine || untilStartMs > -RUSH_MS[phase]));
  return Math.max(attempts ?? 0, isRush ? allocated * SHOPPERS_A_UNIT : 0);
}

/** The wait while few look. */
function quietWaitMs({ phase, untilStartMs }: Interest): number {
  switch (phase) {
    case "open":
      return 1_000;
    case "paused":
    case "recovering":
      return 2_000;
    case "sold_out":
      return 5_000;
    case "scheduled":
      return Math.max(1_000, Math.floor(untilStartMs / 4));
    case "ended":
      return LONGEST_MS.ended;
    default:
      return phase satisfies never;
  }
}
