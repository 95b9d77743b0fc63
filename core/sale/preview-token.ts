import { createHmac, timingSafeEqual } from "node:crypto";
import * as v from "valibot";
import { saleId as saleIdShape } from "../contract/ids.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { SaleId } from "../ids.ts";

/** So that nothing else that the same key signs is ever taken for a preview's link. */
const PURPOSE = "flash-sale/preview/v1";

/** Whose page may be seen, and until when. */
export type PreviewGrant = { readonly saleId: SaleId; readonly endsAtMs: number };

const sign = ({ key, issuer }: SessionSigner, payload: string) =>
  createHmac("sha256", key).update(`${PURPOSE}\n${issuer}\n${payload}`).digest();

/** What a preview's link bears: the sale, the second at which it ends, and our signature. Nothing of it is stored. */
export function issuePreviewToken(signer: SessionSigner, { saleId, endsAtMs }: PreviewGrant): string {
  const payload = `${saleId}.${Math.floor(endsAtMs / 1000)}`;
  return `${payload}.${sign(signer, payload).toString("base64url")}`;
}

/** What a token grants; null: it was not signed here, or has ended. */
export function checkPreviewToken(signer: SessionSigner, token: string, nowMs: number): PreviewGrant | null {
  const [saleId = "", seconds = "", signature = "", ...rest] = token.split(".");
  const [bytes, expected] = [Buffer.from(signature, "base64url"), sign(signer, `${saleId}.${seconds}`)];
  if (rest.length > 0 || bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) return null;
  const endsAtMs = Number(seconds) * 1000;
  return nowMs < endsAtMs ? { saleId: v.parse(saleIdShape, saleId), endsAtMs } : null;
}
