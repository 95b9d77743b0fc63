import { timingSafeEqual } from "node:crypto";
import { hmacSha256 } from "../hmac.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { BuyerId, SaleId } from "../ids.ts";

/** So that nothing else that the same key signs is ever taken for an invitation. */
const PURPOSE = "flash-sale/invitation/v1";

/** What a buyer may do as a guest of a sale. */
export type Invited = {
  readonly saleId: SaleId;
  readonly buyerId: BuyerId;
  /** Of the sale's list when it was signed: the gate refuses those before its own. */
  readonly edition: number;
  /** From when the guest's tier may buy; null: from the sale's own opening. */
  readonly fromMs: number | null;
};

const sign = ({ ready, issuer }: SessionSigner, payload: string) =>
  hmacSha256(ready, `${PURPOSE}\n${issuer}\n${payload}`);

/** The signed proof that a buyer is on a sale's list; checked without any store. */
export function issueInvitation(signer: SessionSigner, invited: Invited): string {
  const payload = Buffer.from(JSON.stringify(invited)).toString("base64url");
  return `${payload}.${sign(signer, payload).toString("base64url")}`;
}

/** What an invitation says; null: it was not signed here for this buyer and this sale. */
export function checkInvitation(
  signer: SessionSigner,
  text: string,
  { saleId, buyerId }: Pick<Invited, "saleId" | "buyerId">,
): Invited | null {
  const [payload = "", signature = "", ...rest] = text.split(".");
  const [bytes, expected] = [Buffer.from(signature, "base64url"), sign(signer, payload)];
  if (rest.length > 0 || bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) return null;
  // Signed by us under this purpose: it has the form that issueInvitation gave it.
  const invited = JSON.parse(Buffer.from(payload, "base64url").toString()) as Invited;
  return invited.saleId === saleId && invited.buyerId === buyerId ? invited : null;
}
