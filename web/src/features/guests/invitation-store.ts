import type { BuyerId, InvitationAnswer, SaleId } from "../api/contract.ts";
import { browserKeep } from "../page/browser-keep.ts";

const keep = browserKeep("localStorage");
const nameOf = (saleId: SaleId, buyerId: BuyerId) => `flash-sale.invitation.${saleId}.${buyerId}`;

/** The invitations of who signed in here, so that a reload in the moment of the opening asks nobody. */
export const invitations = {
  load(saleId: SaleId, buyerId: BuyerId): InvitationAnswer | null {
    try {
      const kept = JSON.parse(keep.getItem(nameOf(saleId, buyerId)) ?? "null") as InvitationAnswer | null;
      return typeof kept?.invitation === "string" ? kept : null;
    } catch {
      return null;
    }
  },
  save: (saleId: SaleId, buyerId: BuyerId, answer: InvitationAnswer): void =>
    keep.setItem(nameOf(saleId, buyerId), JSON.stringify(answer)),
  drop: (saleId: SaleId, buyerId: BuyerId): void => keep.removeItem(nameOf(saleId, buyerId)),
};
