import { timingSafeEqual } from "node:crypto";
import * as v from "valibot";
import { buyerId } from "../contract/ids.ts";
import { hmacSha256 } from "../hmac.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { BuyerId } from "../ids.ts";

/** So that nothing else that the same key signs is ever taken for it. */
const PURPOSE = "flash-sale/unsubscribe/v1";
/** 128 bits: nobody guesses it. */
const SIGNATURE_BYTES = 16;

const sign = ({ ready, issuer }: SessionSigner, payload: string) =>
  hmacSha256(ready, `${PURPOSE}\n${issuer}\n${payload}`).subarray(0, SIGNATURE_BYTES);

/** What a link bears that stops a buyer's notices without a sign-in. It is good for ever: a mail may be read years later. */
export function unsubscribeToken(signer: SessionSigner, of: BuyerId): string {
  return `${of}.${sign(signer, of).toString("base64url")}`;
}

/** Whose notices a link stops; null: it was not made here. */
export function readUnsubscribeToken(signer: SessionSigner, token: string): BuyerId | null {
  const [of = "", signature = "", ...rest] = token.split(".");
  const [bytes, expected] = [Buffer.from(signature, "base64url"), sign(signer, of)];
  if (rest.length > 0 || bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) return null;
  const parsed = v.safeParse(buyerId, of);
  return parsed.success ? parsed.output : null;
}
