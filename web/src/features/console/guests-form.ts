import type { Guests } from "../api/contract.ts";
import { instantOf, wallTimeAt } from "./zoned-time.ts";

/** Tiers that the form has fields for; the API takes two more. */
export const tierNumbers = [1, 2, 3] as const;
export type TierNumber = (typeof tierNumbers)[number];

/** Who may come as the form has it: times are of the zone that was chosen. */
export type GuestFields = Record<
  "guests" | "guestsBy" | `tierName${TierNumber}` | `tierStartsAt${TierNumber}`,
  string
>;
export type ReadGuests =
  | { readonly kind: "valid"; readonly guests: Guests }
  | { readonly kind: "wrong"; readonly field: keyof GuestFields; readonly why: "time" | "name" | "late" };

/** What the form asks for; a tier without name and time is none. */
export function readGuests(fields: GuestFields, zone: string, startsAtMs: number): ReadGuests {
  const kind = fields.guests as Guests["kind"];
  if (kind === "everybody") return { kind: "valid", guests: { kind } };
  const tiers: { name: string; startsAt: string }[] = [];
  for (const n of tierNumbers) {
    const name = fields[`tierName${n}`].trim();
    const wall = fields[`tierStartsAt${n}`];
    if (name === "" && wall === "") continue;
    if (name === "") return { kind: "wrong", field: `tierName${n}`, why: "name" };
    const ms = instantOf(wall, zone);
    if (ms === null) return { kind: "wrong", field: `tierStartsAt${n}`, why: "time" };
    if (ms >= startsAtMs) return { kind: "wrong", field: `tierStartsAt${n}`, why: "late" };
    tiers.push({ name, startsAt: new Date(ms).toISOString() });
  }
  if (kind === "listed_first" && tiers.length === 0)
    return { kind: "wrong", field: "tierName1", why: "name" };
  return { kind: "valid", guests: { kind, by: fields.guestsBy === "codes" ? "codes" : "addresses", tiers } };
}

/** Who may come as the form shows it. */
export function fieldsOfGuests(guests: Guests, zone: string): GuestFields {
  const tiers = guests.kind === "everybody" ? [] : guests.tiers;
  const fields = Object.fromEntries(
    tierNumbers.flatMap((n) => {
      const tier = tiers[n - 1];
      return [
        [`tierName${n}`, tier?.name ?? ""],
        [`tierStartsAt${n}`, tier ? wallTimeAt(Date.parse(tier.startsAt), zone) : ""],
      ];
    }),
  ) as GuestFields;
  return { ...fields, guests: guests.kind, guestsBy: guests.kind === "everybody" ? "addresses" : guests.by };
}
