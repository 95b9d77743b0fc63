import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import * as v from "valibot";
import { buyerId } from "../contract/ids.ts";
import { hmacSha256 } from "../hmac.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { BuyerId } from "../ids.ts";

/** So that nothing else that the same key signs is ever taken for a challenge. */
const PURPOSE = "flash-sale/passkey-challenge/v1";
/** How long somebody may take with their authenticator. */
export const CHALLENGE_SECONDS = 5 * 60;

const challenge = v.object({
  /** Of whom a passkey is to be made; null: somebody signs in. */
  buyerId: v.nullable(buyerId),
  random: v.string(),
  expiresAtMs: v.number(),
});

const sign = ({ ready, issuer }: SessionSigner, payload: string) =>
  hmacSha256(ready, `${PURPOSE}\n${issuer}\n${payload}`);

/** A challenge that proves itself: whoever asks for one writes nothing into any store. */
export function issueChallenge(signer: SessionSigner, forBuyer: BuyerId | null, nowMs: number): string {
  const of = {
    buyerId: forBuyer,
    random: randomBytes(16).toString("base64url"),
    expiresAtMs: nowMs + CHALLENGE_SECONDS * 1000,
  };
  const payload = Buffer.from(JSON.stringify(of)).toString("base64url");
  return `${payload}.${sign(signer, payload).toString("base64url")}`;
}

/** Whether a challenge is ours, in time, and for this purpose: of this buyer, or null to sign in. */
export function isOwnChallenge(
  signer: SessionSigner,
  text: string,
  forBuyer: BuyerId | null,
  nowMs: number,
): boolean {
  const [payload = "", signature = "", ...rest] = text.split(".");
  const [bytes, expected] = [Buffer.from(signature, "base64url"), sign(signer, payload)];
  if (rest.length > 0 || bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) return false;
  const of = v.parse(challenge, JSON.parse(Buffer.from(payload, "base64url").toString()));
  return of.buyerId === forBuyer && of.expiresAtMs > nowMs;
}

/** Under which a challenge that was used is remembered. */
export const markOf = (text: string): string => hash("sha256", text, "base64url");
