import { FIREWALL_PURCHASES } from "../firewall-limits.ts";

/** So many requests at most in any span of so long. */
export type Pace = { readonly most: number; readonly windowMs: number };

/**
 * What a crowd sends of purchases: less than the firewall lets through from one address, since it counts by estimate and a moment late.
 * A crowd that keeps to it comes in bursts, as crowds do, and is not blocked.
 */
export const CROWD_PACE: Pace = {
  most: Math.floor(FIREWALL_PURCHASES.most * 0.9),
  windowMs: FIREWALL_PURCHASES.windowSeconds * 1_000 + 10_000,
};

/** How long it takes until the last of so many requests may be sent. */
export const pacedMs = (requests: number, { most, windowMs }: Pace = CROWD_PACE): number =>
  Math.floor(Math.max(0, requests - 1) / most) * windowMs;

/** Gives each request the instant from which it may be sent. */
export function createPacer({ most, windowMs }: Pace) {
  /** Of the last `most` requests, oldest first. */
  const takenAtMs: number[] = [];
  let blockedUntilMs = 0;
  return {
    /** Takes a place for a request. */
    take(nowMs: number): number {
      const oldest = takenAtMs.length < most ? undefined : takenAtMs.shift();
      const atMs = Math.max(nowMs, oldest === undefined ? 0 : oldest + windowMs, blockedUntilMs);
      takenAtMs.push(atMs);
      return atMs;
    },

    /** The address is blocked, for everybody behind it: others may have sent from it too. */
    block(untilMs: number): void {
      blockedUntilMs = Math.max(blockedUntilMs, untilMs);
    },

    blockedUntilMs: () => blockedUntilMs,
  };
}
