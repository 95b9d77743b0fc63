import type { Guests, InvitationAnswer, SaleStatus } from "../api/contract.ts";

/** A sale as one of its guests sees it: to who is on a tier it opens with that. */
export function asGuest(sale: SaleStatus, invitation: InvitationAnswer | null): SaleStatus {
  const own = invitation?.tier?.startsAt;
  const isEarlier = own !== undefined && Date.parse(own) < Date.parse(sale.startsAt);
  return isEarlier ? { ...sale, startsAt: own } : sale;
}

/** Whether anything is to be asked of a buyer. */
export const hasList = ({ kind }: Guests): boolean => kind !== "everybody";

/** Whether this buyer may buy, as far as the page knows; the gate has the last word. */
export const mayCome = ({ guests }: SaleStatus, invitation: InvitationAnswer | null): boolean =>
  guests.kind !== "listed" || invitation !== null;
