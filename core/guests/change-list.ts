import { isDeepStrictEqual } from "node:util";
import { MOST_GUESTS } from "../contract/guests.ts";
import { isErased } from "./guest-key.ts";
import type { GuestRow } from "./guest-rows.ts";

export type ListChange = {
  readonly how: "add" | "remove" | "replace";
  readonly rows: readonly GuestRow[];
};

export type ChangedList = {
  readonly rows: readonly GuestRow[];
  /** Nobody was taken off, or has another tier or fewer uses. */
  readonly onlyAdds: boolean;
  readonly added: number;
  readonly removed: number;
  /** Rows that say something else than before. */
  readonly changed: number;
};

/**
 * The list after a change, and whether what was said of it before still holds: nobody who is on it now was taken off, or has
 * another tier or fewer uses. Null: it would be too long. Rows of guests who were erased are nobody's: they count until the list
 * is replaced.
 */
export function changedList(all: readonly GuestRow[], { how, rows }: ListChange): ChangedList | null {
  const present = all.filter(({ key }) => !isErased(key));
  const erased = how === "replace" ? [] : all.filter(({ key }) => isErased(key));
  const before = new Map(present.map((row) => [row.key, row]));
  const after = how === "replace" ? new Map<string, GuestRow>() : new Map(before);
  for (const row of rows)
    if (how === "remove") after.delete(row.key);
    else after.set(row.key, row);
  if (erased.length + after.size > MOST_GUESTS) return null;
  const stays = ({ key, tier, uses }: GuestRow) => {
    const row = after.get(key);
    return row !== undefined && row.tier === tier && row.uses >= uses;
  };
  const kept = present.filter(({ key }) => after.has(key));
  return {
    rows: [...erased, ...after.values()],
    onlyAdds: present.every(stays),
    added: after.size - kept.length,
    removed: before.size - kept.length,
    changed: kept.filter((row) => !isDeepStrictEqual(row, after.get(row.key))).length,
  };
}
