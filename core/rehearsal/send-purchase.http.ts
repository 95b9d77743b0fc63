import type { SaleId } from "../ids.ts";
import { type HeardAnswer, readAnswer } from "./crowd.ts";

const TIME_LIMIT_MS = 15_000;
const ASK_AGAIN_MS = 1_000;

export type Reply = {
  readonly answer: HeardAnswer;
  readonly retryAfterMs: number;
  /** Whoever answered counts by address, and did not pass the request on. */
  readonly isAddressBlocked: boolean;
};

type Asked = { readonly token: string; readonly key: string; readonly ticket?: string | undefined };

/** Sends one purchase. What nobody knows the outcome of is `no_answer`: the same key finds out. */
export async function sendPurchase(
  { siteUrl, saleId }: { readonly siteUrl: string; readonly saleId: SaleId },
  { token, key, ticket }: Asked,
): Promise<Reply> {
  try {
    const response = await fetch(`${siteUrl}/api/sale/purchase`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        "idempotency-key": key,
      },
      body: JSON.stringify({ saleId, ticket }),
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    const text = await response.text();
    const answer = readAnswer(response.status, isApis(response) ? JSON.parse(text) : null);
    const retryAfterMs = Number(response.headers.get("retry-after") ?? "") * 1_000;
    return {
      answer,
      retryAfterMs: retryAfterMs > 0 ? retryAfterMs : ASK_AGAIN_MS,
      isAddressBlocked: response.status === 429 && !isApis(response),
    };
  } catch {
    const answer = { kind: "no_answer", orderId: null };
    return { answer, retryAfterMs: ASK_AGAIN_MS, isAddressBlocked: false };
  }
}

/** Firewalls and proxies answer in words of their own. */
const isApis = ({ headers }: Response): boolean =>
  /^application\/(problem\+)?json\b/.test(headers.get("content-type") ?? "");
