import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testQueue, testTables } from "../../tests/support/test-aws.ts";
import { testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer, aSale, NOW_MS } from "../../tests/support/test-sale.ts";
import { type Clock, systemClock } from "../clock.ts";
import { gateKeys } from "../gate/keys.ts";
import { sessionSigner } from "../identity/session.ts";
import { type BuyerId, newOrderId } from "../ids.ts";
import { createLedger } from "../reservation/ledger.dynamo.ts";
import { openQueueClient } from "../orders/sdk-client.sqs.ts";
import { createOrderQueue } from "../orders/order-queue.sqs.ts";
import type { Sale } from "../sale/sale.ts";
import { createSaleRecords } from "../sale/sale-record.dynamo.ts";
import { hashKey } from "./key-hash.ts";
import { createLedgerLooks } from "./ledger-looks.ts";
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
  looks: createLedgerLooks(systemClock),
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

test("asked again, a hold that has ended meanwhile is told as it is, though the gate has not heard of it", async () => {
  const { saleId } = await load({ payment: { kind: "held", holdSeconds: 600 } });
  const request = { ...aRequest, saleId, buyerId: aBuyer() };
  const keyHash = hashKey(request.idempotencyKey);
  const reply = await gate.reserve({
    ...request,
    keyHash,
    orderId: newOrderId(saleId, NOW_MS),
    wantsFilter: false,
  });
  if (reply.kind !== "reserved") throw new Error(reply.kind);
  await ledger.put(reply.reservation);
  const clock = { nowMs: () => reply.reservation.reservedAtMs + 501, monotonicMs: () => 0 };
  expect(await purchase({ ...allStores, clock }, request)).toMatchObject({
    kind: "held",
    order: { state: "held" },
  });
  const { buyerId } = request;
  await ledger.decideHold(reply.reservation, {
    kind: "cancelled",
    id: "cancel",
    number: 1,
    actorId: buyerId,
  });
  for (const idempotencyKey of [request.idempotencyKey, "key-0002"]) {
    // Neither that it was put nor that it has ended came as far as the gate.
    await redis.hset(gateKeys(saleId).outbox, reply.orderId, JSON.stringify(reply.reservation));
    expect(await purchase({ ...allStores, clock }, { ...request, idempotencyKey })).toMatchObject({
      order: { orderId: reply.orderId, state: "cancelled", unitsLeft: 0 },
    });
  }
});

/** The stores with a sale that has a record and no gate, and how often the ledger was asked. */
async function withoutGate(sale: Partial<Sale>) {
  const record = aSale(sale);
  const asked = { records: 0, orders: 0 };
  const records = createSaleRecords(dynamo, stores.ledgerTable);
  await records.put(record);
  const counting: typeof records = { ...records, get: (id) => (asked.records++, records.get(id)) };
  const deps = {
    ...allStores,
    looks: createLedgerLooks(systemClock),
    saleRecords: async () => counting,
    ledger: async () => ({
      ...ledger,
      ofBuyer: (...of: Parameters<typeof ledger.ofBuyer>) => (asked.orders++, ledger.ofBuyer(...of)),
    }),
    clock: systemClock,
  };
  return { saleId: record.saleId, asked, deps };
}

test("a crowd at a gate that was lost costs the ledger one look a second", async () => {
  const { saleId, asked, deps } = await withoutGate({ attemptLimit: 10 });
  const kinds = new Set<string>();
  for (let attempt = 0; attempt < 30; attempt++)
    kinds.add((await purchase(deps, { ...aRequest, saleId, buyerId: aBuyer() })).kind);
  expect([...kinds]).toEqual(["lost"]);
  expect(asked.records).toBeLessThanOrEqual(2);
});

test("who asks a sale that left Redis has as many looks into the ledger as attempts at its gate", async () => {
  const { saleId, asked, deps } = await withoutGate({ attemptLimit: 10, closedAtMs: NOW_MS });
  const ask = (buyerId: BuyerId) => purchase(deps, { ...aRequest, saleId, buyerId });
  const buyerId = aBuyer();
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => ask(buyerId)));
  expect(outcomes.filter(({ kind }) => kind === "ended")).toHaveLength(6);
  const limited = outcomes.filter((outcome) => outcome.kind === "rate_limited");
  expect(limited).toHaveLength(24);
  expect(limited.every(({ retryAfterMs }) => retryAfterMs > 0 && retryAfterMs <= 2_000)).toBe(true);
  expect(asked.orders).toBe(6);
  expect(await ask(aBuyer())).toEqual({ kind: "ended" });
});

test("a turn is refused with what the last second's memory knows of the units left", async () => {
  const { saleId } = await load();
  const asked: (number | null)[] = [];
  const refusal = { kind: "not_your_turn", reason: "not_reached" } as const;
  for (const isSoldOut of [true, false])
    await purchase(
      {
        ...allStores,
        clock: systemClock,
        memory: {
          ...allStores.memory,
          recall: () => null,
          isSoldOut: () => isSoldOut,
          holdsNothing: () => true,
        },
        turns: async () => ({
          refusalAtOnce: (_sale, _buyer, _ticket, available) => (asked.push(available), refusal),
          turnOf: async () => refusal,
        }),
      },
      { ...aRequest, saleId, buyerId: aBuyer(), ticket: "a ticket" },
    );
  expect(asked).toEqual([0, null]);
});

test("who bought, left the line, and repeats with the same key hears of the order, though the filter of holders is older", async () => {
  const { saleId } = await load();
  const request = { ...aRequest, saleId, buyerId: aBuyer() };
  const bought = await purchase({ ...allStores, clock: systemClock }, request);
  const orderId = bought.kind === "accepted" ? bought.order.orderId : "none";
  const left = { kind: "not_your_turn", reason: "left" } as const;
  const afterLeaving = {
    ...allStores,
    clock: systemClock,
    memory: { ...allStores.memory, holdsNothing: () => true },
    turns: async () => ({ refusalAtOnce: () => left, turnOf: async () => left }),
  };

  // The order by its name; no record of this sale says that it counts.
  expect(await purchase(afterLeaving, { ...request, ticket: "a ticket" })).toMatchObject({ orderId });
});
