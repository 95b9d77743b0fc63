import type { UpdateSaleRequest } from "../contract/admin.ts";
import type { WithPicture } from "../picture/with-picture.ts";
import type { Sale, SaleState } from "./sale.ts";

/** A change as asked for: new settings, or a new state. */
export type SaleChange = WithPicture<UpdateSaleRequest> | { readonly state: SaleState };

export type ChangeOutcome =
  | { readonly kind: "changed"; readonly sale: Sale }
  /** The sale is so already. */
  | { readonly kind: "unchanged"; readonly sale: Sale }
  | { readonly kind: "conflict"; readonly why: string };

/**
 * What a change makes of a sale, by rules alone; whether an allocation can be lowered so far only the gate knows.
 *
 * Once a sale has begun, what buyers relied on stays: its start, its price, and a purchase limit that is not lowered, so
 * that nobody's accepted order breaks a rule made after it.
 */
export function changeSale(sale: Sale, change: SaleChange, nowMs: number): ChangeOutcome {
  const next: Sale = { ...sale, ...("state" in change ? { state: change.state } : settingsOf(change)) };
  if (isSame(sale, next)) return { kind: "unchanged", sale };
  const conflict = conflictOf(sale, next, nowMs);
  if (conflict) return { kind: "conflict", why: conflict };
  return { kind: "changed", sale: { ...next, revision: sale.revision + 1 } };
}

function settingsOf({ startsAt, endsAt, ...rest }: WithPicture<UpdateSaleRequest>): Partial<Sale> {
  const defined = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...defined,
    ...(startsAt !== undefined && { startsAtMs: Date.parse(startsAt) }),
    ...(endsAt !== undefined && { endsAtMs: endsAt === null ? null : Date.parse(endsAt) }),
  };
}

function conflictOf(sale: Sale, next: Sale, nowMs: number): string | null {
  if (sale.state === "ended") return "the sale has ended for good";
  if (next.endsAtMs !== null && next.endsAtMs <= next.startsAtMs) return "endsAt must be after startsAt";
  if (nowMs < sale.startsAtMs) return null;
  if (next.startsAtMs !== sale.startsAtMs) return "the sale has begun: its start can no longer be moved";
  if (next.priceMinor !== sale.priceMinor || next.currency !== sale.currency)
    return "the sale has begun: its price can no longer be changed";
  if (next.purchaseLimit < sale.purchaseLimit)
    return "the sale has begun: its purchase limit can no longer be lowered";
  return null;
}

const isSame = ({ picture: a, ...before }: Sale, { picture: b, ...after }: Sale) =>
  (Object.keys(before) as (keyof typeof before)[]).every((key) => before[key] === after[key]) &&
  a?.id === b?.id &&
  a?.alt === b?.alt;
