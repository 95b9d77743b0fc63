import { createGate } from "../../../core/gate/gate.redis.ts";
import { newBuyerId, newOrderId, type SaleId } from "../../../core/ids.ts";
import { createLedger } from "../../../core/reservation/ledger.dynamo.ts";
import { createOrderQueue } from "../../../core/orders/order-queue.sqs.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { localQueue, localTables } from "../../../local/aws-clients.ts";
import { createSale } from "../../create-sale.ts";
import { awaitRest } from "../await-rest.ts";
import type { FaultCloud } from "../fault-cloud.ts";
import { readRecoveries, type RecoveryTimes } from "../read-recoveries.postgres.ts";

const RESERVATIONS = 10_000;
const CONCURRENT = 64;
const REST_LIMIT_MS = 120_000;

/**
 * Makes a sale with 10,000 reservations by the product's own gate and ledger, then empties Redis.
 *
 * @param areSettled whether all are order rows before; if not, the rebuild marks and publishes each again.
 */
export async function measureRebuild(cloud: FaultCloud, areSettled: boolean): Promise<RecoveryTimes> {
  await cloud.reset();
  if (!areSettled) await cloud.guardians.down();
  const saleId = await createSale(cloud.apiUrl, { name: "Rebuild", allocated: RESERVATIONS });
  await reserveAll(cloud, saleId, areSettled);
  const rest = { poisons: false, limitMs: REST_LIMIT_MS };
  if (areSettled) await awaitRest(cloud.stores(), saleId, rest);
  await cloud.redis.node().client.flushall();
  if (!areSettled) cloud.guardians.add();
  await awaitRest(cloud.stores(), saleId, rest);
  const [recovery] = await readRecoveries(cloud.stores().databaseUrl, saleId);
  if (!recovery) throw new Error("the sale was not recovered");
  return recovery;
}

async function reserveAll(cloud: FaultCloud, saleId: SaleId, isPublished: boolean): Promise<void> {
  const { dynamoEndpoint, ledgerTable, sqsEndpoint, orderQueueUrl } = cloud.stores();
  const [dynamo, sqs] = [localTables(dynamoEndpoint), localQueue(sqsEndpoint, orderQueueUrl)];
  const gate = createGate(cloud.redis.node().client);
  const ledger = createLedger(dynamo, ledgerTable);
  const queue = createOrderQueue(sqs);
  let left = RESERVATIONS;
  async function work(): Promise<void> {
    while (left-- > 0) {
      const reservation = await reserveOne(gate, saleId);
      await ledger.put(reservation);
      if (isPublished) await queue.send(reservation);
      await gate.clear(saleId, reservation.orderId);
    }
  }
  try {
    await Promise.all(Array.from({ length: CONCURRENT }, work));
  } finally {
    dynamo.close();
    sqs.close();
  }
}

async function reserveOne(gate: ReturnType<typeof createGate>, saleId: SaleId): Promise<Reservation> {
  const nowMs = Date.now();
  const reply = await gate.reserve({
    saleId,
    buyerId: newBuyerId(nowMs),
    keyHash: "measure",
    quantity: 1,
    orderId: newOrderId(saleId, nowMs),
    requestId: "measure",
    traceId: null,
    wantsFilter: false,
  });
  if (reply.kind !== "reserved") throw new Error(`the gate said ${reply.kind}`);
  return reply.reservation;
}
