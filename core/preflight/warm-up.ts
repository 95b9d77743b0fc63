import type { Guests } from "../contract/guests.ts";
import { openingTimes } from "../guests/guests.ts";
import { salesForCrowds } from "../sale/listed-sales.ts";

/** Before an opening: Lambda takes minutes to make hundreds of environments. */
const WARM_BEFORE_MS = 15 * 60 * 1000;
/** After it: a sale that has not sold out by then meets no crowd any more. */
const WARM_AFTER_MS = 15 * 60 * 1000;
/** What one environment may serve: Lambda gives it ten requests a second at most, however short they are. */
const REQUESTS_PER_SECOND = 10;
/** Room for requests that do not come evenly. */
const HEADROOM = 1.25;

export type WarmSettings = {
  /** Attempts a second that one opening is expected to bring. */
  readonly attemptsPerSecond: number;
  /** Most environments kept warm, whatever is expected: concurrency is shared with every other function. */
  readonly most: number;
};

export type Opening = {
  readonly state: string;
  readonly startsAtMs: number;
  /** Whose tiers open before it. */
  readonly guests?: Guests;
  readonly endsAtMs: number | null;
  readonly currency: string;
};

/** Environments that one crowd needs. */
export const environmentsFor = (attemptsPerSecond: number): number =>
  Math.ceil((attemptsPerSecond * HEADROOM) / REQUESTS_PER_SECOND);

/** Whether a sale is about to open, or has just opened. */
export function isNearOpening(sale: Omit<Opening, "currency">, nowMs: number): boolean {
  if (sale.state !== "running" || (sale.endsAtMs !== null && nowMs >= sale.endsAtMs)) return false;
  return openingTimes(sale).some(
    (opensAtMs) => nowMs >= opensAtMs - WARM_BEFORE_MS && nowMs < opensAtMs + WARM_AFTER_MS,
  );
}

/** How many environments of the purchase should be warm at this moment; 0: none, so that nothing is paid for. */
export function environmentsNeeded(sales: readonly Opening[], settings: WarmSettings, nowMs: number): number {
  const openings = salesForCrowds(sales).filter((sale) => isNearOpening(sale, nowMs)).length;
  return Math.min(settings.most, openings * environmentsFor(settings.attemptsPerSecond));
}
