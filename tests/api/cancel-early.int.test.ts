import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, expect, test } from "vitest";
import type { OrderList, OrderView } from "../../core/contract/order.ts";
import { createSaleRecords } from "../../core/sale/sale-record.dynamo.ts";
import { saleOf } from "../../core/sale/sales.postgres.ts";
import { consumers } from "../../core/topology.ts";
import { localSqs } from "../../local/aws-clients.ts";
import { testCloud } from "../support/cloud.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testCancel } from "../support/test-cancel.ts";
import { testTables } from "../support/test-aws.ts";
import { aBuyer } from "../support/test-sale.ts";

// No trigger: what is on the queue is given to the consumer by hand, in whichever order.
const cloud = await testCloud({ trigger: false });
const { call, newSale, buy } = testApi(cloud.apiUrl);
const { cancel, historyOf } = testCancel(cloud.apiUrl);
const { snapshotOf, soldOf } = testSnapshots(cloud);
const sqs = localSqs(cloud.sqsEndpoint);
afterAll(() => sqs.destroy());

/** The bodies of the two messages on the queue: the order's, and the wish's. */
async function bodiesOnQueue() {
  const bodies: string[] = [];
  while (bodies.length < 2) {
    const receive = new ReceiveMessageCommand({ QueueUrl: cloud.orderQueueUrl, MaxNumberOfMessages: 10 });
    bodies.push(...((await sqs.send(receive)).Messages ?? []).map(({ Body = "" }) => Body));
  }
  const wish = bodies.find((body) => body.includes(`"wish":"return"`))!;
  return { wish, order: bodies.find((body) => body !== wish)! };
}

const consume = (...bodies: string[]) =>
  cloud.runner.invoke(consumers.orderConsumer, {
    Records: bodies.map((body) => ({ messageId: crypto.randomUUID(), body })),
  });

test.each([
  [
    "before the order's own, which comes after it",
    (order: string, wish: string) => [[wish], [order], [wish]],
  ],
  ["in the order's batch, in front of it", (order: string, wish: string) => [[wish, order]]],
] as const)("a wish whose message comes %s is decided once", async (_, batchesOf) => {
  const saleId = await newSale({ allocated: 2, purchaseLimit: 2 });
  const buyerId = aBuyer();
  const orderId = (await buy(saleId, { buyerId, quantity: 2 })).body!.orderId!;
  expect(await cancel({ saleId, orderId })).toMatchObject({ status: 404 });
  expect(await cancel({ saleId, orderId }, { units: 1, buyerId })).toMatchObject({ status: 202 });
  const { order, wish } = await bodiesOnQueue();
  for (const batch of batchesOf(order, wish)) {
    expect(await consume(...batch)).toEqual({ batchItemFailures: [] });
    expect((await historyOf({ saleId, orderId })).events.map(({ kind }) => kind)).toEqual([
      "confirmed",
      "returned",
    ]);
    expect((await snapshotOf(saleId)).gate.gate).toMatchObject({ available: "1", sold: "1", withheld: "0" });
  }
  expect(await soldOf(saleId)).toBe(1);
  const seen = await call(`GET /api/sale/order/${orderId}`, { token: tokenOf(buyerId) });
  expect(seen.body).toMatchObject({ state: "confirmed", quantity: 2, unitsLeft: 1 });
});

test("a wish that nobody has decided on yet is shown as such", async () => {
  const saleId = await newSale();
  const buyerId = aBuyer();
  const orderId = (await buy(saleId, { buyerId })).body!.orderId!;
  const receive = new ReceiveMessageCommand({ QueueUrl: cloud.orderQueueUrl });
  await consume((await sqs.send(receive)).Messages![0]!.Body!);
  await cancel({ saleId, orderId }, { isWithheld: true, reason: "held back" });
  expect(await historyOf({ saleId, orderId })).toMatchObject({
    order: { state: "confirmed", unitsLeft: 1 },
    events: [{ kind: "confirmed" }],
    undecided: [{ units: 1, isWithheld: true, reason: "held back" }],
  });
});

test("an order that no gate of the present epoch is known to count is pending, wherever it is looked up", async () => {
  const saleId = await newSale();
  const buyerId = aBuyer();
  const { orderId } = (await buy(saleId, { buyerId })).body!;
  const token = tokenOf(buyerId);
  const states = async () => {
    const [single, ofSale, all] = await Promise.all(
      [`/api/sale/order/${orderId}`, `/api/sale/my-order/${saleId}`, "/api/orders"].map(
        async (path) => (await call(`GET ${path}`, { token })).body as unknown,
      ),
    );
    return [single as OrderView, (ofSale as OrderList).orders[0], (all as OrderList).orders[0]].map(
      (order) => order?.state,
    );
  };
  expect(await states()).toEqual(["accepted", "accepted", "accepted"]);
  const { row } = await snapshotOf(saleId);
  const sale = saleOf({ ...row!, revision_given: 1 });
  await createSaleRecords(testTables(cloud.dynamoEndpoint), cloud.ledgerTable).put({ ...sale, epoch: 2 });
  expect(await states()).toEqual(["pending", "pending", "pending"]);
});
