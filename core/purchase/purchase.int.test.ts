import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testQueue, testTables } from "../../tests/support/test-aws.ts";
import { testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer, NOW_MS } from "../../tests/support/test-sale.ts";
import type { Clock } from "../clock.ts";
import { sessionSigner } from "../identity/session.ts";
import { newOrderId } from "../ids.ts";
import { createLedger } from "../reservation/ledger.dynamo.ts";
import { openQueueClient } from "../orders/sdk-client.sqs.ts";
import { createOrderQueue } from "../orders/order-queue.sqs.ts";
import { createSaleRecords } from "../sale/sale-record.dynamo.ts";
import { hashKey } from "./key-hash.ts";
import { purchase } from "./purchase.ts";
import { createSaleMemory } from "./sale-memory.ts";

const stores = await testStores();
const { redis, gate, load } = testGate(stores.redisUrl);
const dynamo = testTables(stores.dynamoEndpoint);
const ledger = createLedger(dynamo, stores.ledgerTable);
const sqs = openQueueClient(stores.sqsEndpoint);
afterAll(() => sqs.destroy());
const queue = createOrderQueue(testQueue(stores));

const allStores = {
  gate,
  memory: createSaleMemory(),
  ledger: async () => ledger,
  saleRecords: async () => createSaleRecords(dynamo, stores.ledgerTable),
  queue: async () => queue,
  turns: () => Promise.reject(new Error("no sale here has a line")),
  signer: sessionSigner("a-secret-of-thirty-two-characters!", "local"),
  warn: () => {},
};

const aRequest = {
  quantity: 1,
  idempotencyKey: "key-0001",
  requestId: "request-1",
  traceId: null,
  ticket: null,
  invitation: null,
};

/** All the stores, and a clock on which a freeze passes once the ledger has been asked to put. */
function frozenWhilePutting(freeze: { readonly wallMs: number; readonly monotonicMs: number }) {
  let isThawed = false;
  const clock: Clock = {
    nowMs: () => NOW_MS + (isThawed ? freeze.wallMs : 0),
    monotonicMs: () => (isThawed ? freeze.monotonicMs : 0),
  };
  const slowLedger: typeof ledger = {
    ...ledger,
    put: async (entry) => {
      const answer = await ledger.put(entry);
      isThawed = true;
      return answer;
    },
  };
  return { ...allStores, ledger: async () => slowLedger, clock };
}

const receive = async () => {
  const ask = { QueueUrl: stores.orderQueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 };
  const { Messages } = await sqs.send(new ReceiveMessageCommand(ask));
  return Messages?.map(({ Body }) => JSON.parse(Body ?? "") as { orderId: string }) ?? [];
};

test.each([
  ["a wall clock that jumped", { wallMs: 5_000, monotonicMs: 0 }, "outcome_unknown"],
  ["a monotonic clock that ran on", { wallMs: 0, monotonicMs: 5_000 }, "outcome_unknown"],
  ["one millisecond less than a recovery may drain", { wallMs: 4_999, monotonicMs: 4_999 }, "accepted"],
] as const)(
  "after %s, a purchase promises only what it may, and its message goes on all the same",
  async (_, freeze, kind) => {
    const { saleId } = await load();
    const request = { ...aRequest, saleId, buyerId: aBuyer() };

    const outcome = await purchase(frozenWhilePutting(freeze), request);

    expect(outcome.kind).toBe(kind);
    const [entry] = await ledger.ofSale(saleId);
    const orderId = entry?.reservation.orderId ?? "none";
    expect(outcome).toMatchObject(kind === "accepted" ? { order: { orderId } } : { orderId });
    expect((await receive()).map((message) => message.orderId)).toEqual([orderId]);
    expect((await rawGate(redis, saleId)).outbox).toEqual({});
  },
);

/** A purchase that died after the ledger had its reservation, and the same request again, `laterMs` after it. */
async function askAgain(laterMs: number, { isInLedger }: { isInLedger: boolean }) {
  const { saleId } = await load();
  const request = { ...aRequest, saleId, buyerId: aBuyer() };
  const keyHash = hashKey(request.idempotencyKey);
  const orderId = newOrderId(saleId, NOW_MS);
  const reply = await gate.reserve({ ...request, keyHash, orderId, wantsFilter: false });
  if (reply.kind !== "reserved") throw new Error(reply.kind);
  if (isInLedger) await ledger.put(reply.reservation);
  const clock = { nowMs: () => reply.reservation.reservedAtMs + laterMs, monotonicMs: () => 0 };
  const outcome = await purchase({ ...allStores, clock }, request);
  expect(outcome).toMatchObject({ kind: "accepted", order: { orderId } });
  const [entry] = await ledger.ofSale(saleId);
  expect(entry?.reservation.orderId).toBe(orderId);
  return { orderId, outbox: Object.keys((await rawGate(redis, saleId)).outbox) };
}

test.each([
  ["nobody had put it into the ledger", 0, { isInLedger: false }],
  ["it is no twin of the first request", 501, { isInLedger: true }],
  ["the clocks disagree", -600_000, { isInLedger: true }],
] as const)("asked again, a reservation is sent on its way when %s", async (_, laterMs, state) => {
  const { orderId, outbox } = await askAgain(laterMs, state);

  expect((await receive()).map((message) => message.orderId)).toEqual([orderId]);
  expect(outbox).toEqual([]);
});

test("asked by a twin, a reservation is accepted, and sent by the first request or the relay", async () => {
  const { orderId, outbox } = await askAgain(500, { isInLedger: true });

  expect(await receive()).toEqual([]);
  expect(outbox).toEqual([orderId]);
});
