import { ledgerClients } from "../../core/clients/ledger.ts";
import { orderQueueClient } from "../../core/clients/queues.ts";
import { purchaseGateClient } from "../../core/clients/purchase-gate.ts";
import { loadConfig } from "../../core/config.ts";
import { newBuyerId, newOrderId, type SaleId } from "../../core/ids.ts";
import { hashKey } from "../../core/purchase/key-hash.ts";
import type { Reservation } from "../../core/reservation/reservation.ts";

type Request = ReturnType<typeof requestOf>;

function requestOf(saleId: SaleId, quantity: number) {
  const nowMs = Date.now();
  const ids = { saleId, buyerId: newBuyerId(nowMs), orderId: newOrderId(saleId, nowMs) };
  return { ...ids, quantity, keyHash: hashKey(ids.orderId), requestId: "bench" };
}

/** What the gate is asked, each time by somebody else. */
export const gateRequests = (saleId: SaleId, quantity: number, count: number): Request[] =>
  Array.from({ length: count }, () => requestOf(saleId, quantity));

/** What the ledger and the queue are given, as if the gate had made it. */
export const madeReservations = (saleId: SaleId, count: number): Reservation[] =>
  gateRequests(saleId, 1, count).map((request, index) => ({
    ...request,
    n: 1_001,
    place: index + 1,
    epoch: 1,
    reservedAtMs: Date.now(),
  }));

/** The calls that an attempt makes, each alone, through the clients that the function uses. */
export async function clientCalls() {
  const config = loadConfig([
    "REDIS_URL",
    "REDIS_CLUSTER",
    "REDIS_CA",
    "LEDGER_TABLE",
    "DYNAMODB_ENDPOINT",
    "ORDER_QUEUE_URL",
    "SQS_ENDPOINT",
  ]);
  const [gate, { ledger }, queue] = [
    purchaseGateClient(config),
    await ledgerClients(config),
    await orderQueueClient(config),
  ];
  const reserve = (request: Request) => gate.reserve({ ...request, traceId: null, wantsFilter: false });
  return {
    /** As a refusal by the gate asks it. */
    refusal: reserve,
    /** As an acceptance does: it clears the outbox, too. */
    gate: async (request: Request) => {
      await reserve(request);
      await gate.clear(request.saleId, request.orderId);
    },
    ledger: (reservation: Reservation) => ledger.put(reservation),
    queue: (reservation: Reservation) => queue.send(reservation),
  };
}
