import { setTimeout as sleep } from "node:timers/promises";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { createLedger } from "../../../core/reservation/ledger.dynamo.ts";
import { newBuyerId, newOrderId, newSaleId } from "../../../core/ids.ts";
import { createOrderQueue } from "../../../core/orders/order-queue.sqs.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { localQueue, localSqs, localTables } from "../../../local/aws-clients.ts";
import type { Fault, Stage } from "../fault.ts";

const ROUNDS = 4;
const BETWEEN_MS = 700;

/** Sends every reservation that the ledger has again, the last first. */
async function sendAgainBackwards({ cloud, crowd }: Stage): Promise<void> {
  const { dynamoEndpoint, ledgerTable, sqsEndpoint, orderQueueUrl } = cloud.stores();
  const [dynamo, sqs] = [localTables(dynamoEndpoint), localQueue(sqsEndpoint, orderQueueUrl)];
  try {
    const entries = await createLedger(dynamo, ledgerTable).ofSale(crowd.saleId);
    const reservations = entries.map((entry) => entry.reservation).sort((a, b) => b.place - a.place);
    await createOrderQueue(sqs).sendAll(reservations);
  } finally {
    dynamo.close();
    sqs.close();
  }
}

/** What nobody can make an order of: no JSON, another shape, a sale that is not, a number that PostgreSQL does not take. */
function poisonOf({ crowd: { saleId } }: Stage): string[] {
  const now = Date.now();
  const like: Reservation = {
    saleId,
    orderId: newOrderId(saleId, now),
    buyerId: newBuyerId(now),
    n: 1,
    quantity: 1,
    place: 1,
    epoch: 1,
    keyHash: "poison",
    reservedAtMs: now,
    requestId: "poison",
  };
  const nowhere = newSaleId(now);
  return [
    "not JSON",
    JSON.stringify({ order: 1 }),
    JSON.stringify({ ...like, saleId: nowhere, orderId: newOrderId(nowhere, now) }),
    JSON.stringify({ ...like, quantity: 10 ** 12 }),
    JSON.stringify({ ...like, orderId: newOrderId(saleId, now), epoch: 0 }),
  ];
}

/** Messages that come when they should not, or should not come at all. */
export const messages: readonly Fault[] = [
  {
    name: "sqs-twice-and-backwards",
    line: "SQS delivers twice, out of order",
    isChaotic: true,
    inject: async (stage) => {
      await stage.midBurst();
      for (let round = 0; round < ROUNDS; round++) {
        await sendAgainBackwards(stage);
        await sleep(BETWEEN_MS);
      }
    },
  },
  {
    name: "poison-messages",
    line: "poison message",
    poisons: true,
    inject: async (stage) => {
      const { sqsEndpoint, orderQueueUrl } = stage.cloud.stores();
      const sqs = localSqs(sqsEndpoint);
      await stage.midBurst();
      for (const MessageBody of poisonOf(stage))
        await sqs.send(new SendMessageCommand({ QueueUrl: orderQueueUrl, MessageBody }));
      sqs.destroy();
    },
  },
];
