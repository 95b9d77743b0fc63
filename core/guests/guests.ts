import type { GuestReason, Guests, GuestList, Tier } from "../contract/guests.ts";
import type { Invited } from "./invitation.ts";

/** Rows, and who came, are kept for so long after the sale has begun, or after they were written; then the table deletes them. */
const KEEP_MS = 400 * 24 * 60 * 60 * 1000;
export const keepGuestsUntilMs = ({ startsAtMs }: { readonly startsAtMs: number }, nowMs: number): number =>
  Math.max(nowMs, startsAtMs) + KEEP_MS;

type OfSale = { readonly guests: Guests; readonly guestList: GuestList };

/** The tier of that name; null: the sale has none. */
export const tierOf = (guests: Guests, name: string): Tier | null =>
  (guests.kind === "everybody" ? null : guests.tiers.find((tier) => tier.name === name)) ?? null;

/** When the first tier may buy; null: nobody comes before the opening. */
export function firstTierMs(guests: {
  readonly kind: Guests["kind"];
  readonly tiers?: readonly Pick<Tier, "startsAt">[];
}): number | null {
  const times = (guests.tiers ?? []).map(({ startsAt }) => Date.parse(startsAt));
  return times.length === 0 ? null : Math.min(...times);
}

/** Each moment at which a crowd may come: the tiers' openings, and the sale's own. */
export const openingTimes = (sale: {
  readonly guests?: Guests | undefined;
  readonly startsAtMs: number;
}): number[] => {
  const tiers = sale.guests && sale.guests.kind !== "everybody" ? sale.guests.tiers : [];
  return [sale.startsAtMs, ...tiers.map(({ startsAt }) => Date.parse(startsAt))];
};

/** When the first buyer may buy. */
export const opensFirstAtMs = (sale: Parameters<typeof openingTimes>[0]): number =>
  Math.min(...openingTimes(sale));

/** Why this buyer may not join the line; null: they may. The gate asks the same of a purchase: see gate/lib/guests.lua. */
export function whyNoGuest({ guests, guestList }: OfSale, invited: Invited | null): GuestReason | null {
  if (guests.kind !== "listed") return null;
  if (!invited) return "no_invitation";
  return invited.edition < guestList.edition ? "outdated" : null;
}
