import { timingSafeEqual } from "node:crypto";
import type { Receipt } from "../contract/line.ts";
import { hmacSha256 } from "../hmac.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { commitmentOf, leafOf } from "./leaf.ts";
import type { BuyerEntry } from "./entries.dynamo.ts";

/** So that nothing else that the same key signs is ever taken for a ticket. */
const PURPOSE = "flash-sale/line-ticket/v1";

/** What the buyer keeps of an entry. */
export function receiptOf(saleId: SaleId, entry: Omit<BuyerEntry, "why" | "language">): Receipt {
  const { list, lane, quantity, buyerId, salt } = entry;
  const commitment = commitmentOf(salt, buyerId);
  const leaf = leafOf({ saleId, list, lane, quantity, commitment }).toString("hex");
  return { saleId, list, lane, quantity, buyerId, salt: Buffer.from(salt).toString("hex"), leaf };
}

/** The receipt that the same entry has in lane 0. */
export const inLane0 = (receipt: Receipt): Receipt =>
  receipt.lane === 0
    ? receipt
    : receiptOf(receipt.saleId, { ...receipt, lane: 0, salt: Buffer.from(receipt.salt, "hex") });

type Signed = Receipt & { readonly isUnread?: boolean };

const sign = ({ ready, issuer }: SessionSigner, payload: string) =>
  hmacSha256(ready, `${PURPOSE}\n${issuer}\n${payload}`);

/**
 * A receipt, signed: only who has it may ask for the turn of its entry.
 *
 * @param isUnread its list has closed and was not read yet: whether the entry stands in it, nobody knows. It is looked up then,
 * when the ticket is used.
 */
export function issueTicket(signer: SessionSigner, receipt: Receipt, isUnread = false): string {
  const signed = isUnread ? { ...receipt, isUnread } : receipt;
  const payload = Buffer.from(JSON.stringify(signed)).toString("base64url");
  return `${payload}.${sign(signer, payload).toString("base64url")}`;
}

export type CheckedTicket =
  | { readonly kind: "good"; readonly receipt: Receipt; readonly isUnread: boolean }
  | { readonly kind: "forged_ticket" | "other_sale" | "other_buyer" };

/** The receipt in a ticket, if it was signed here for this buyer and this sale. */
export function checkTicket(
  signer: SessionSigner,
  ticket: string,
  saleId: SaleId,
  buyerId: BuyerId,
): CheckedTicket {
  const [payload = "", signature = "", ...rest] = ticket.split(".");
  const [bytes, expected] = [Buffer.from(signature, "base64url"), sign(signer, payload)];
  if (rest.length > 0 || bytes.length !== expected.length || !timingSafeEqual(bytes, expected))
    return { kind: "forged_ticket" };
  // Signed by us under this purpose: it has the form that issueTicket gave it.
  const receipt = JSON.parse(Buffer.from(payload, "base64url").toString()) as Signed;
  if (receipt.saleId !== saleId) return { kind: "other_sale" };
  if (receipt.buyerId !== buyerId) return { kind: "other_buyer" };
  return { kind: "good", receipt, isUnread: receipt.isUnread === true };
}
