import { randomUUID } from "node:crypto";
import type { Problem } from "../../core/contract/problem.ts";
import type { PurchaseAnswer } from "../../core/contract/purchase.ts";
import type { SaleId } from "../../core/ids.ts";
import type { HttpAnswer } from "../http-connection.ts";
import type { SignedIn } from "../local-session.ts";
import type { ClientAnswer } from "../verdict/client-answer.ts";

/** One buyer's wish for one unit, as the request that says it. Sent again, it is the same intent. */
export type Attempt = { readonly buyer: SignedIn; readonly key: string; readonly request: string };

/** Writes the request beforehand: at the opening the client has only to send it. */
export function purchaseAttempt(apiUrl: string, saleId: SaleId, buyer: SignedIn): Attempt {
  const key = randomUUID();
  const body = JSON.stringify({ saleId });
  const request = [
    "POST /api/sale/purchase HTTP/1.1",
    `host: ${new URL(apiUrl).host}`,
    `authorization: Bearer ${buyer.token}`,
    `idempotency-key: ${key}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
  return { buyer, key, request };
}

/** The line of the client log for what came back; null: nothing did. */
export function clientAnswer(
  { buyer: { buyerId }, key }: Attempt,
  answer: HttpAnswer | null,
  times: { readonly sentAtMs: number; readonly answeredAtMs: number },
): ClientAnswer {
  const nothing = { orderId: null, place: null };
  const line = { buyerId, key, quantity: 1, status: answer?.status ?? 0, ...nothing, ...times };
  if (!answer) return { ...line, kind: "no_answer" };
  try {
    const body = JSON.parse(answer.body) as PurchaseAnswer | Problem;
    if ("outcome" in body) return { ...line, kind: body.outcome, orderId: body.orderId, place: body.place };
    return { ...line, kind: body.kind ?? "unreadable" };
  } catch {
    return { ...line, kind: "unreadable" };
  }
}
