import type { LineView } from "../api/contract.ts";
import { drawnOutMs, spreadMs } from "../page/waits.ts";
import type { Place } from "./place.ts";

const NEAR_MS = 30_000;
/** The line's pace bounds how many are near, whatever the crowd. */
const NEAR_LOOK_MS = 2_000;

/**
 * When a page looks at its line again: soon if the buyer's turn runs or may come within half a minute; else when the server
 * wants, and in any case after the closing of the first list, for which it need not be told.
 */
export function lookAfterMs(view: LineView, place: Place, nowMs: number): number {
  if (isNear(place, nowMs)) return spreadMs(NEAR_LOOK_MS);
  const waitMs = drawnOutMs(view.pollAfterMs);
  const untilCloseMs = Date.parse(view.closesAt) - nowMs;
  if (view.phase !== "joining" || untilCloseMs <= 0) return waitMs;
  return Math.min(waitMs, untilCloseMs + view.pollAfterMs * Math.random());
}

function isNear(place: Place, nowMs: number): boolean {
  if (place.kind === "turn") return true;
  return place.kind === "waiting" && place.wait.fromMs !== null && place.wait.fromMs - nowMs <= NEAR_MS;
}
