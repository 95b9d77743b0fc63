import { newBuyerId, newOrderId } from "../../core/ids.ts";
import { hashKey } from "../../core/purchase/key-hash.ts";
import type { Reservation } from "../../core/reservation/reservation.ts";
import { createSale } from "../create-sale.ts";
import type { BenchCloud } from "./bench-cloud.ts";

/** Reservations of a new sale, one for each of its units, as the gate would have made them in its first life. */
export async function reservationsOf(
  { apiUrl }: Pick<BenchCloud, "apiUrl">,
  count: number,
): Promise<Reservation[]> {
  const saleId = await createSale(apiUrl, { name: "Consumer", allocated: count });
  const nowMs = Date.now();
  return Array.from({ length: count }, (_, index) => ({
    saleId,
    orderId: newOrderId(saleId, nowMs),
    buyerId: newBuyerId(nowMs),
    n: 1,
    quantity: 1,
    place: index + 1,
    epoch: 1,
    keyHash: hashKey(`key-${index}`),
    reservedAtMs: nowMs,
    requestId: `request-${index}`,
  }));
}
