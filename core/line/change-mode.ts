import { isDeepStrictEqual } from "node:util";
import type { SaleMode } from "../contract/sale-mode.ts";
import type { LineState } from "./line-state.ts";

/** How far a sale's line has come when it is to be changed. */
export type LineFacts = { readonly hasJoined: boolean; readonly state: LineState };

/** Why a sale's mode cannot become another one by now; null: it can. */
export function whyModeStays(
  before: SaleMode,
  after: SaleMode,
  { hasJoined, state }: LineFacts,
): string | null {
  // What an open sale says of its returns nobody asks for.
  if (before.kind === "open" && after.kind === "open") return null;
  if (isDeepStrictEqual(before, after) || (!hasJoined && state.lines === 0)) return null;
  if (before.kind !== after.kind) return "somebody has joined the line: mode can no longer be changed";
  if (state.lists.length > 0) return "list 0 has closed: the settings of mode can no longer be changed";
  const hasOtherPace =
    before.kind === "waiting_room" &&
    after.kind === "waiting_room" &&
    (before.admissionsPerSecond !== after.admissionsPerSecond || before.mostInside !== after.mostInside);
  return hasOtherPace ? "the line has begun: its pace is changed at the line itself" : null;
}
