import type { InvitationAnswer, SaleStatus } from "../api/contract.ts";

/** The tier of an invitation as the sale has it now: its moment may have moved since the invitation was kept. Null: none. */
export function tierNow(
  { guests }: SaleStatus,
  invitation: InvitationAnswer | null,
): InvitationAnswer["tier"] {
  const name = invitation?.tier?.name;
  return (guests.kind !== "everybody" && guests.tiers.find((tier) => tier.name === name)) || null;
}

/** A sale as one of its guests sees it: to who is on a tier it opens with that. */
export function asGuest(sale: SaleStatus, invitation: InvitationAnswer | null): SaleStatus {
  const own = tierNow(sale, invitation)?.startsAt;
  const isEarlier = own !== undefined && Date.parse(own) < Date.parse(sale.startsAt);
  return isEarlier ? { ...sale, startsAt: own } : sale;
}
