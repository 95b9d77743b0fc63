import { MOST_GUESTS } from "../contract/guests.ts";
import type { GuestRow } from "./guest-rows.ts";

export type ListChange = {
  readonly how: "add" | "remove" | "replace";
  readonly rows: readonly GuestRow[];
};

/**
 * The list after a change, and whether what was said of it before still holds: nobody who is on it now was taken off, or has
 * another tier or fewer uses. Null: it would be too long.
 */
export function changedList(
  present: readonly GuestRow[],
  { how, rows }: ListChange,
): { readonly rows: readonly GuestRow[]; readonly onlyAdds: boolean } | null {
  const before = new Map(present.map((row) => [row.key, row]));
  const after = how === "replace" ? new Map<string, GuestRow>() : new Map(before);
  for (const row of rows)
    if (how === "remove") after.delete(row.key);
    else after.set(row.key, row);
  if (after.size > MOST_GUESTS) return null;
  const stays = ({ key, tier }: GuestRow) => after.get(key)?.tier === tier;
  return { rows: [...after.values()], onlyAdds: present.every(stays) };
}
