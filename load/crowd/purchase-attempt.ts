import { randomUUID } from "node:crypto";
import type { SaleId } from "../../core/ids.ts";
import type { SignedIn } from "../local-session.ts";

/** One buyer's wish for some units, and the request that says it. Sent again, it is the same intent. */
export type Attempt = {
  readonly buyer: SignedIn;
  readonly key: string;
  readonly quantity: number;
  readonly request: string;
};

/** Writes the request beforehand: at the opening the client has only to send it. With a ticket where the sale has a line. */
export function purchaseAttempt(
  apiUrl: string,
  saleId: SaleId,
  buyer: SignedIn,
  quantity = 1,
  ticket?: string,
): Attempt {
  const key = randomUUID();
  const body = JSON.stringify({ saleId, quantity, ticket });
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
  return { buyer, key, quantity, request };
}
