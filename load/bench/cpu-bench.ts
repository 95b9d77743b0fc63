import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { orderQueueClient } from "../../core/clients/queues.ts";
import { purchaseGateClient } from "../../core/clients/purchase-gate.ts";
import { loadConfig } from "../../core/config.ts";
import { newBuyerId, newOrderId, type SaleId } from "../../core/ids.ts";
import type { Reservation } from "../../core/reservation/reservation.ts";
import { hashKey } from "../../core/purchase/key-hash.ts";
import { createSale } from "../create-sale.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { interleave } from "./interleave.ts";
import type { Measurement } from "./measurement.ts";
import { purchaseEvent } from "./purchase-event.ts";
import { purchaseFunction } from "./purchase-function.ts";

const ROUNDS = 15;
const ACCEPTED_A_ROUND = 150;
const REFUSED_A_ROUND = 1_000;
const GOAL_REFUSED_US = 45;
const GOAL_ACCEPTED_US = 700;
const WHY =
  "five writes to sockets wake five others; of the two calls to AWS node:http takes 300 (0119), the outbox is cleared in a call of its own because the consumer may be behind";

/**
 * Processor time of this process, which has function and clients but neither stores nor gateway, for each attempt: one after
 * the other, as Lambda has them, warm, every buyer with a token that was never seen before.
 */
export async function benchCpu(cloud: BenchCloud): Promise<Measurement[]> {
  const { handler } = await purchaseFunction();
  const open = await createSale(cloud.apiUrl, { name: "Open", allocated: ACCEPTED_A_ROUND * ROUNDS * 4 });
  const soldOut = await createSale(cloud.apiUrl, { name: "Sold out", allocated: 1 });
  await handler(purchaseEvent(soldOut));
  const answers = async (event: APIGatewayProxyEventV2, wanted: number) => {
    const { statusCode } = await handler(event);
    if (statusCode !== wanted) throw new Error(`answered ${statusCode}, not ${wanted}`);
  };
  const clients = await clientCalls(open);
  const [refused, accepted, gate, ledger, queue] = await interleave(ROUNDS, [
    async () => {
      // Asked at the gate, for the others to be answered from memory within the second.
      await answers(purchaseEvent(soldOut), 409);
      return [await cpuOf(eventsOf(soldOut, REFUSED_A_ROUND), (event) => answers(event, 409))];
    },
    async () => [await cpuOf(eventsOf(open, ACCEPTED_A_ROUND), (event) => answers(event, 202))],
    async () => [await cpuOf(clients.reservations(), clients.gate)],
    async () => [await cpuOf(clients.made(), clients.ledger)],
    async () => [await cpuOf(clients.made(), clients.queue)],
  ]);
  const ownUs = accepted - gate - ledger - queue;
  const parts = `function ${ownUs.toFixed(0)}, gate ${gate.toFixed(0)}, ledger ${ledger.toFixed(0)}, queue ${queue.toFixed(0)}`;
  return [
    microseconds("processor time of a refusal from memory, new token", refused, GOAL_REFUSED_US),
    microseconds(
      "processor time of an acceptance, function and clients",
      accepted,
      GOAL_ACCEPTED_US,
      parts,
      WHY,
    ),
  ];
}

const eventsOf = (saleId: SaleId, count: number) =>
  Array.from({ length: count }, () => purchaseEvent(saleId));

const microseconds = (
  budget: string,
  value: number,
  goal: number,
  parts?: string,
  why?: string,
): Measurement => ({
  budget,
  figure: `${value.toFixed(0)} µs${parts === undefined ? "" : ` (${parts})`}`,
  goal: `≤ ${goal} µs`,
  isMet: value <= goal,
  ...(why !== undefined && { why }),
});

/** Microseconds of this process for each call, one after the other; what it is called with was made before. */
async function cpuOf<T>(made: readonly T[], call: (input: T) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (const input of made) await call(input);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / made.length;
}

/** The calls that an acceptance makes, each alone, through the clients that the function uses. */
async function clientCalls(saleId: SaleId) {
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
  const requestOf = () => {
    const nowMs = Date.now();
    const ids = { saleId, buyerId: newBuyerId(nowMs), orderId: newOrderId(saleId, nowMs) };
    return { ...ids, quantity: 1, keyHash: hashKey(ids.orderId), requestId: "bench", traceId: null };
  };
  const requests = () => Array.from({ length: ACCEPTED_A_ROUND }, requestOf);
  return {
    reservations: requests,
    gate: async (request: ReturnType<typeof requestOf>) => {
      await gate.reserve({ ...request, wantsFilter: false });
      await gate.clear(request.saleId, request.orderId);
    },
    made: () =>
      requests().map(({ traceId, ...ids }, index) => ({
        ...ids,
        ...(traceId !== null && { traceId }),
        n: 1_001,
        place: index + 1,
        epoch: 1,
        reservedAtMs: Date.now(),
      })),
    ledger: (reservation: Reservation) => ledger.put(reservation),
    queue: (reservation: Reservation) => queue.send(reservation),
  };
}
