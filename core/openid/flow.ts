import { timingSafeEqual } from "node:crypto";
import * as v from "valibot";
import { hmacSha256 } from "../hmac.ts";
import type { SessionSigner } from "../identity/session.ts";

/** So that nothing else that the same key signs is ever taken for a flow. */
const PURPOSE = "flash-sale/openid-flow/v1";

/** How long somebody may take at the provider's page. */
export const FLOW_SECONDS = 10 * 60;

const flow = v.object({
  state: v.string(),
  nonce: v.string(),
  verifier: v.string(),
  /** Where it leads to after it. */
  next: v.string(),
  expiresAtMs: v.number(),
});

/** What a browser keeps of one sign-in at the merchant's provider, from the beginning to the return. */
export type Flow = v.InferOutput<typeof flow>;

const sign = ({ ready, issuer }: SessionSigner, payload: string) =>
  hmacSha256(ready, `${PURPOSE}\n${issuer}\n${payload}`);

/** The flow as its cookie bears it. The browser may read it; nobody can make one for somebody else's browser. */
export function sealFlow(signer: SessionSigner, of: Flow): string {
  const payload = Buffer.from(JSON.stringify(of)).toString("base64url");
  return `${payload}.${sign(signer, payload).toString("base64url")}`;
}

/** Null: it was not begun here, or too long ago. */
export function openFlow(signer: SessionSigner, sealed: string, nowMs: number): Flow | null {
  const [payload = "", signature = "", ...rest] = sealed.split(".");
  const [bytes, expected] = [Buffer.from(signature, "base64url"), sign(signer, payload)];
  if (rest.length > 0 || bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) return null;
  const found = v.parse(flow, JSON.parse(Buffer.from(payload, "base64url").toString()));
  return found.expiresAtMs > nowMs ? found : null;
}
