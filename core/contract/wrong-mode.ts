import type { SaleMode } from "./sale-mode.ts";

/** Within so long before the opening nobody joins list 0 any more. */
const CLOSES_BEFORE_START_MS = 120_000;

/** What is wrong with a mode for a sale that starts then, by field; empty: nothing. */
export function wrongModeFields(mode: SaleMode, startsAtMs: number): { field: string; message: string }[] {
  if (mode.kind === "open") return [];
  const wrong: { field: string; message: string }[] = [];
  const closesAtMs = Date.parse(mode.closesAt);
  if (closesAtMs > startsAtMs - CLOSES_BEFORE_START_MS)
    wrong.push({ field: "mode.closesAt", message: "must be two minutes or more before startsAt" });
  if (mode.kind === "draw" && Date.parse(mode.resultAt) < closesAtMs + 30_000)
    wrong.push({ field: "mode.resultAt", message: "must be half a minute or more after closesAt" });
  if (mode.kind === "draw" && Date.parse(mode.resultAt) > startsAtMs)
    wrong.push({ field: "mode.resultAt", message: "must not be after startsAt" });
  return wrong;
}
