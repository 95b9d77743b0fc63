import { isOverAt } from "../../../core/guardian/duties/is-over.ts";
import type { Rules } from "../rules.ts";
import { type Gate, type GateKeys, isOpen } from "./gate.ts";

export type Recorded = {
  readonly revision: number;
  readonly sold: number;
  readonly withheld: number;
  readonly places: number;
};
/** With what was wrong about it; "": nothing. */
export type ArchiveReply = { readonly kind: "removed" | "changed"; readonly wrong: string };

/** What a gate says of itself that an archive keeps. */
export const sayingOf = ({ stock, places }: GateKeys): Omit<Recorded, "revision"> => ({
  sold: stock?.sold ?? 0,
  withheld: stock?.withheld ?? 0,
  places: places ?? 0,
});

/** archive.lua. */
export function archive(
  rules: Rules,
  { keys, nowMs }: Gate,
  recorded: Recorded,
): readonly [ArchiveReply, GateKeys | null] {
  if (keys === null) return [{ kind: "removed", wrong: "" }, keys];
  const saying = sayingOf(keys);
  const isAsRecorded =
    saying.sold === recorded.sold &&
    saying.withheld === recorded.withheld &&
    saying.places === recorded.places;
  const isOver = keys.settings !== undefined && isOverAt(keys.settings, nowMs);
  const goesOn = keys.isRecovering || !isOver || (keys.revision ?? Infinity) > recorded.revision;
  const hasChanged = !isAsRecorded || Object.keys(keys.outbox).length > 0;
  if (goesOn && rules("an archive leaves a gate that goes on")) return [{ kind: "changed", wrong: "" }, keys];
  if (hasChanged && rules("only what was recorded is removed")) return [{ kind: "changed", wrong: "" }, keys];
  const sells = isOpen(keys) && !isOver;
  const wrong = sells ? "a gate that sells" : hasChanged ? "what was not recorded" : "";
  return [{ kind: "removed", wrong }, null];
}
