import { afterEach, expect, test } from "vitest";
import { testFaultyCloud } from "../support/faulty-cloud.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi } from "../support/test-api.ts";
import { testCancel } from "../support/test-cancel.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testFaultyCloud();
const { newSale, buy } = testApi(cloud.apiUrl);
const { cancel, decided, historyOf } = testCancel(cloud.apiUrl);
const { snapshotOf, soldOf } = testSnapshots(cloud);
afterEach(() => {
  cloud.dynamo.set("pass");
  cloud.sqs.set("pass");
});

async function confirmedOrder() {
  const saleId = await newSale({ allocated: 2, purchaseLimit: 2 });
  const { orderId } = (await buy(saleId, { buyerId: aBuyer(), quantity: 2 })).body!;
  await waitFor("it is a row", async () => (await soldOf(saleId)) === 2);
  return { saleId, orderId: orderId! };
}

test.each([
  ["the queue", "sqs", "cut", 1],
  ["the queue", "sqs", "stall", 1],
  // It may have heard of the wish: nobody knows.
  ["the queue", "sqs", "mute", 1],
  ["the ledger", "dynamo", "cut", 0],
  ["the ledger", "dynamo", "stall", 0],
] as const)(
  "%s (%s, %s): not done, and said so; the same key is the same wish",
  async (_, store, mode, recorded) => {
    const order = await confirmedOrder();
    const key = crypto.randomUUID();
    cloud[store].set(mode);
    expect(await cancel(order, {}, { key })).toMatchObject({
      status: 503,
      body: { kind: "unavailable", retryAfterSeconds: 1 },
    });
    // Who may see the history is looked up in the ledger's store too.
    if (store === "dynamo") cloud.dynamo.set("pass");
    const { events, undecided } = await historyOf(order);
    expect(events.length + undecided.length).toBe(1 + recorded);
    cloud[store].set("pass");
    expect(await decided(order, {}, key)).toMatchObject({ kind: "returned", number: 2, wish: { units: 1 } });
    await waitFor(
      "the gate has one unit back",
      async () => (await snapshotOf(order.saleId)).gate.gate["sold"] === "1",
    );
    expect(await historyOf(order)).toMatchObject({
      events: [{}, {}],
      undecided: [],
      order: { unitsLeft: 1 },
    });
    expect((await snapshotOf(order.saleId)).gate.gate).toMatchObject({
      available: "1",
      sold: "1",
      withheld: "0",
    });
  },
);
