import { randomUUID } from "node:crypto";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { newBuyerId, type OrderId } from "../../core/ids.ts";
import { createLedger } from "../../core/reservation/ledger.dynamo.ts";
import type { SaleEntry } from "../../core/reservation/ledger.ts";
import type { Wish } from "../../core/reservation/wish.ts";
import { localTables, localSqs } from "../../local/aws-clients.ts";
import { readFacts } from "../verdict/read-facts.ts";
import type { LineCheck, Stage } from "./fault.ts";
import { waitUntil } from "./wait-until.ts";

/** What is to come of the orders that wishes were about. */
type Expected = ReadonlyMap<OrderId, { readonly left: number; readonly withheld: number }>;

export async function readEntries({ cloud, crowd }: Stage): Promise<SaleEntry[]> {
  const { dynamoEndpoint, ledgerTable } = cloud.stores();
  const dynamo = localTables(dynamoEndpoint);
  try {
    return await createLedger(dynamo, ledgerTable).ofSale(crowd.saleId);
  } finally {
    dynamo.close();
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
    const units = quantity === 3 ? [isWithheld, !isWithheld] : [isWithheld];
    expected.set(orderId, { left: quantity - units.length, withheld: units.filter(Boolean).length });
    return [
      ...units.map((isOff) => wishOf(entry, 1, isOff)),
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
  const [dynamo, sqs] = [localTables(dynamoEndpoint), localSqs(sqsEndpoint)];
  const ledger = createLedger(dynamo, ledgerTable);
  try {
    for (const wish of wishes) {
      await ledger.putWish(wish);
      const MessageBody = JSON.stringify(wish);
      for (let times = 0; times < 2; times++)
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    }
  } finally {
    dynamo.close();
    sqs.destroy();
  }
}

/** Each order has what the wishes left of it, and not a unit less; of one that was rejected nothing could be taken. */
const areReturned =
  (expected: Expected): LineCheck =>
  ({ facts: { database } }) => {
    const rows = new Map(database.rows.map((row) => [row.orderId, row]));
    const others = [...expected].flatMap(([orderId, { left, withheld }]) => {
      const row = rows.get(orderId);
      const isSo = row?.unitsLeft === left && row.unitsWithheld === withheld;
      const expectation = `not ${left} left and ${withheld} withheld`;
      return isSo || row?.state === "rejected"
        ? []
        : [`${orderId} has ${row?.unitsLeft} left and ${row?.unitsWithheld} withheld, ${expectation}`];
    });
    const returned = database.rows.filter(({ quantity, unitsLeft }) => unitsLeft < quantity);
    return returned.every(({ state }) => state === "rejected") ? [...others, "nothing was returned"] : others;
  };

/** Waits until PostgreSQL has decided on all wishes, and the gate counts what is left; at rest it must still be so. */
export async function untilReturned(stage: Stage, expected: Expected): Promise<void> {
  const check = areReturned(expected);
  stage.alsoJudge(check);
  await waitUntil("the units that were taken back are back in the gate", async () => {
    const facts = await readFacts(stage.cloud.stores(), stage.crowd.saleId);
    const rows = new Map(facts.database.rows.map((row) => [row.orderId, row.unitsLeft]));
    const isTold = facts.gate.orders.every(
      ({ orderId, unitsLeft }) => unitsLeft <= (rows.get(orderId) ?? unitsLeft),
    );
    return isTold && check({ facts, recoveries: [] }).length === 0;
  });
}
