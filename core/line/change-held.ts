import type { LineState } from "./line-state.ts";

/** Copies of the log are so old at most: after that a line is everywhere. */
const COPY_MS = 1_000;

/** From when staff's last change holds; null: no change, or a pace that no step has been made by yet. */
export function changeHeldFromMs({ lastChange, steps }: LineState): number | null {
  if (!lastChange) return null;
  const { what, atMs, holdsFromMs } = lastChange;
  switch (what) {
    case "pace":
      return steps[lastChange.steps]?.holdsFromMs ?? null;
    // Turns that were announced before still begin.
    case "pause":
      return Math.max(atMs, holdsFromMs);
    case "message":
    case "joining":
      return atMs + COPY_MS;
    default:
      return what satisfies never;
  }
}
