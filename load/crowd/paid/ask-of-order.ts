import { setTimeout as sleep } from "node:timers/promises";
import type { OpenedPaymentAnswer } from "../../../core/contract/payment.ts";
import type { OrderId } from "../../../core/ids.ts";

type Asking = { readonly orderId: OrderId; readonly token: string };

const AGAIN_MS = 1_000;
const MOST_TRIES = 120;

/** Asks about one's own order until there is an answer that says something; null: it is too late. */
export async function askOfOrder(
  apiUrl: string,
  { orderId, token }: Asking,
  method: "POST" | "DELETE",
  path: "/payment" | "/hold",
): Promise<unknown> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const response = await fetch(`${apiUrl}/api/sale/order/${orderId}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(method === "POST" && { body: "{}" }),
    }).catch(() => null);
    const body: unknown = await response?.json().catch(() => null);
    if (response?.ok) return body;
    if (response?.status === 409) return null;
    await sleep(AGAIN_MS);
  }
  return null;
}

/** Where to pay; null: it is too late. */
export const openPayment = async (apiUrl: string, asking: Asking): Promise<OpenedPaymentAnswer | null> =>
  (await askOfOrder(apiUrl, asking, "POST", "/payment")) as OpenedPaymentAnswer | null;
