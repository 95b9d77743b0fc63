import { newOrderId } from "../../core/ids.ts";
import type { Reservation } from "../../core/reservation/reservation.ts";
import { aBuyer, aSale, NOW_MS } from "./test-sale.ts";

/** A reservation of one unit by a buyer of their own, as the gate makes it. */
export function aReservation(fields: Partial<Reservation> = {}): Reservation {
  const saleId = fields.saleId ?? aSale().saleId;
  return {
    saleId,
    orderId: newOrderId(saleId, NOW_MS),
    buyerId: aBuyer(),
    n: 1,
    quantity: 1,
    place: 1,
    epoch: 1,
    keyHash: "AAAABBBBCCCCDDDD",
    reservedAtMs: NOW_MS,
    requestId: "request-1",
    traceId: "1-67891233-abcdef012345678912345678",
    ...fields,
  };
}
