import { randomUUID } from "node:crypto";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { newBuyerId, type OrderId } from "../../core/ids.ts";
import { createLedger } from "../../core/reservation/ledger.dynamo.ts";
import type { SaleEntry } from "../../core/reservation/ledger.ts";
import type { Wish } from "../../core/reservation/wish.ts";
import { localDynamo, localSqs } from "../../local/aws-clients.ts";
import { readGate } from "../verdict/read-gate.redis.ts";
import type { LineCheck, Stage } from "./fault.ts";
import { waitUntil } from "./wait-until.ts";

/** What is to come of the orders that wishes were about. */
type Expected = ReadonlyMap<OrderId, { readonly left: number; readonly withheld: number }>;

export async function readEntries({ cloud, crowd }: Stage): Promise<SaleEntry[]> {
  const { dynamoEndpoint, ledgerTable } = cloud.stores();
  const dynamo = localDynamo(dynamoEndpoint);
  try {
    return await createLedger(DynamoDBDocumentClient.from(dynamo), ledgerTable).ofSale(crowd.saleId);
  } finally {
    dynamo.destroy();
  }
}

/**
 * Operators take units of these orders back, with every message twice: one of each, withheld from every second; another one
 * of those that have three; and of the first more than there are, which is refused.
 */
export async function returnUnits(stage: Stage, entries: readonly SaleEntry[]): Promise<Expected> {
  const expected = new Map<OrderId, { left: number; withheld: number }>();
  const wishes = entries.flatMap((entry, i) => {
    const { orderId, quantity } = entry.reservation;
    const isWithheld = i % 2 === 1;
    const ones = quantity === 3 ? [isWithheld, !isWithheld] : [isWithheld];
    expected.set(orderId, { left: quantity - ones.length, withheld: ones.filter(Boolean).length });
    return [
      ...ones.map((one) => wishOf(entry, 1, one)),
      ...(i === 0 ? [wishOf(entry, quantity + 1, false)] : []),
    ];
  });
  await send(stage, wishes);
  return expected;
}

const wishOf = ({ reservation }: SaleEntry, units: number, isWithheld: boolean): Wish => ({
  wish: "return",
  wishId: randomUUID(),
  saleId: reservation.saleId,
  orderId: reservation.orderId,
  buyerId: reservation.buyerId,
  units,
  isWithheld,
  reason: "the fault matrix asked for it",
  actorId: newBuyerId(Date.now()),
  wishedAtMs: Date.now(),
  requestId: "faults",
});

/** As the API does: into the ledger, then onto the queue. */
async function send({ cloud }: Stage, wishes: readonly Wish[]): Promise<void> {
  const { dynamoEndpoint, ledgerTable, sqsEndpoint, orderQueueUrl: QueueUrl } = cloud.stores();
  const [dynamo, sqs] = [localDynamo(dynamoEndpoint), localSqs(sqsEndpoint)];
  const ledger = createLedger(DynamoDBDocumentClient.from(dynamo), ledgerTable);
  try {
    for (const wish of wishes) {
      await ledger.putWish(wish);
      const MessageBody = JSON.stringify(wish);
      for (let times = 0; times < 2; times++)
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    }
  } finally {
    dynamo.destroy();
    sqs.destroy();
  }
}

/** Waits until the gate counts what is to be left of each order. */
export const untilReturned = ({ cloud, crowd }: Stage, expected: Expected): Promise<void> =>
  waitUntil("the units that were taken back are back in the gate", async () => {
    const { orders } = await readGate(cloud.stores(), crowd.saleId);
    const left = new Map(orders.map((order) => [order.orderId, order.unitsLeft]));
    return [...expected].every(([orderId, one]) => left.get(orderId) === one.left);
  });

/** Each order has what the wishes left of it, and not a unit less. */
export const areReturned =
  (expected: Expected): LineCheck =>
  ({ facts: { database } }) => {
    const rows = new Map(database.rows.map((row) => [row.orderId, row]));
    return [...expected].flatMap(([orderId, { left, withheld }]) => {
      const row = rows.get(orderId);
      return row?.unitsLeft === left && row.unitsWithheld === withheld
        ? []
        : [
            `${orderId} has ${row?.unitsLeft} units left and ${row?.unitsWithheld} withheld, not ${left} and ${withheld}`,
          ];
    });
  };
