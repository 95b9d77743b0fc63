import type { OrderView } from "../../core/contract/order.ts";
import type { PurchaseAnswer } from "../../core/contract/purchase-answer.ts";
import { callApi } from "../../local/call-api.ts";
import { signIn } from "../../local/sign-in.ts";
import { createSale } from "../create-sale.ts";
import type { FaultCloud } from "./fault-cloud.ts";
import { waitUntil } from "./wait-until.ts";

/** Of a local mailbox, which keeps the last two hundred mails. */
const BUYERS = 6;

/** People who signed in by mail, beside the crowd, whose sessions no mail ever made. */
export async function mailedBuyers(cloud: FaultCloud): Promise<readonly string[]> {
  const at = { apiUrl: cloud.apiUrl, mailboxUrl: cloud.mailbox.mailboxUrl };
  return Promise.all(
    Array.from({ length: BUYERS }, (_, n) => signIn(at, `buyer-${n}-${crypto.randomUUID()}@example.com`)),
  );
}

/** Each buys one unit of a sale of their own; answers the orders once all are confirmed. */
export async function buyConfirmed({ apiUrl }: FaultCloud, tokens: readonly string[]): Promise<string[]> {
  const saleId = await createSale(apiUrl, { name: "Mailed", allocated: tokens.length });
  return Promise.all(
    tokens.map(async (token) => {
      const call = { token, idempotencyKey: crypto.randomUUID(), body: { saleId } };
      const { orderId } = await callApi<PurchaseAnswer>(apiUrl, "POST /api/sale/purchase", call);
      const isConfirmed = async () =>
        (await callApi<OrderView>(apiUrl, `GET /api/sale/order/${orderId}`, { token })).state === "confirmed";
      await waitUntil(`${orderId} is confirmed`, isConfirmed);
      return orderId;
    }),
  );
}
