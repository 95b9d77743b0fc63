import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { whyNoGuest } from "../../core/guests/guests.ts";
import { checkInvitation } from "../../core/guests/invitation.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { createFresh } from "../../core/watch/fresh.ts";
import { type Refusal, refuseGuest } from "../answer/answer.ts";
import { saleRecord } from "./line.ts";

const config = loadConfig(["SESSION_SECRET"]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);
const freshSale = createFresh(saleRecord, systemClock);

/** Why a buyer may not join a sale's line, by a copy of the sale that is a second old at most; null: they may. */
export async function refuseToJoin(
  saleId: SaleId,
  buyerId: BuyerId,
  invitation: string | undefined,
): Promise<Refusal | null> {
  const sale = await freshSale(saleId);
  if (!sale) return null;
  const invited = invitation === undefined ? null : checkInvitation(signer, invitation, { saleId, buyerId });
  const isWrong = sale.guests.kind === "listed" && invitation !== undefined && !invited;
  const reason = isWrong ? "wrong_invitation" : whyNoGuest(sale, invited);
  return reason && refuseGuest(reason);
}
