import { timingSafeEqual } from "node:crypto";
import type { Receipt } from "../contract/line.ts";
import { hmacSha256 } from "../hmac.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { commitmentOf, leafOf } from "./leaf.ts";
import type { BuyerEntry } from "./entries.dynamo.ts";

/** So that nothing else that the same key signs is ever taken for a ticket. */
const PURPOSE = "flash-sale/line-ticket/v2";

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

const sign = ({ ready, issuer }: SessionSigner, payload: string) =>
  hmacSha256(ready, `${PURPOSE}\n${issuer}\n${payload}`);

const UNREAD = "u";

/**
 * A receipt, signed: only who has it may ask for the turn of its entry. Its fields are joined as they are, for a flood of tickets is
 * checked before it is refused: to read JSON in base64 would cost as much as the signature.
 *
 * @param isUnread its list has closed and was not read yet: whether the entry stands in it, nobody knows. It is looked up then,
 * when the ticket is used.
 */
export function issueTicket(signer: SessionSigner, receipt: Receipt, isUnread = false): string {
  const { saleId, list, lane, quantity, buyerId, salt, leaf } = receipt;
  const fields = [saleId, list, lane, quantity, buyerId, salt, leaf, ...(isUnread ? [UNREAD] : [])];
  const payload = fields.join(SEPARATOR);
  return payload + SEPARATOR + sign(signer, payload).toString("base64url");
}

const SEPARATOR = ".";

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
  const end = Math.max(0, ticket.lastIndexOf(SEPARATOR));
  const payload = ticket.slice(0, end);
  const [bytes, expected] = [Buffer.from(ticket.slice(end + 1), "base64url"), sign(signer, payload)];
  if (bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) return { kind: "forged_ticket" };
  // Signed by us under this purpose: it has the form that issueTicket gave it.
  const [ofSale, list, lane, quantity, ofBuyer, salt = "", leaf = "", unread] = payload.split(SEPARATOR);
  if (ofSale !== saleId) return { kind: "other_sale" };
  if (ofBuyer !== buyerId) return { kind: "other_buyer" };
  const [entryLane, isUnread] = [lane === "1" ? (1 as const) : (0 as const), unread === UNREAD];
  const receipt = {
    saleId,
    list: Number(list),
    lane: entryLane,
    quantity: Number(quantity),
    buyerId,
    salt,
    leaf,
  };
  return { kind: "good", receipt, isUnread };
}
