import type { InvitationAnswer, SaleStatus } from "../api/contract.ts";

/** A sale as one of its guests sees it: to who is on a tier it opens with that. */
export function asGuest(sale: SaleStatus, invitation: InvitationAnswer | null): SaleStatus {
  const own = invitation?.tier?.startsAt;
  const isEarlier = own !== undefined && Date.parse(own) < Date.parse(sale.startsAt);
  return isEarlier ? { ...sale, startsAt: own } : sale;
}
