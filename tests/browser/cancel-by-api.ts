import { randomUUID } from "node:crypto";
import type { OrderView } from "../../core/contract/order.ts";
import { localSession, type SignedIn } from "../../load/local-session.ts";
import { callApi } from "../../local/call-api.ts";
import type { Cloud } from "../../local/cloud.ts";
import { waitFor } from "../support/wait-for.ts";

type Order = { readonly saleId: string; readonly orderId: string };

/** Takes units of a buyer's order back, as an operator would, and waits until the buyer is told so. */
export async function cancelByApi(
  { apiUrl }: Pick<Cloud, "apiUrl">,
  { saleId, orderId }: Order,
  buyer: SignedIn,
  units = 1,
): Promise<void> {
  const look = async () => {
    const route = `GET /api/sale/order/${orderId}`;
    return (await callApi<OrderView>(apiUrl, route, { token: buyer.token })).unitsLeft;
  };
  const unitsLeft = (await look()) - units;
  await callApi(apiUrl, `POST /api/admin/sales/${saleId}/orders/${orderId}/cancel`, {
    token: localSession("operator").token,
    idempotencyKey: randomUUID(),
    body: { units, isWithheld: false, reason: "the buyer asked", buyerId: buyer.buyerId },
  });
  await waitFor("the buyer is told", async () => (await look()) === unitsLeft);
}
