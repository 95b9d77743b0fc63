import { Redis } from "ioredis";
import { afterAll, describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testQueue, testTables } from "../../tests/support/test-aws.ts";
import { gateOn, reservationOf } from "../../tests/gate/test-gate.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { createMailQueue, readMails } from "../mail/mail-queue.sqs.ts";
import type { Sale } from "../sale/sale.ts";
import { createLedger } from "../reservation/ledger.dynamo.ts";
import type { PaymentTask } from "../reservation/payment-task.ts";
import type { Reservation } from "../reservation/reservation.ts";
import type { Wish } from "../reservation/wish.ts";
import { consumeOrders } from "./consume-orders.ts";

const stores = await testStores();
const { db, insert, rowsOf, soldOf } = testOrders(stores.databaseUrl);
const ledger = createLedger(testTables(stores.dynamoEndpoint), stores.ledgerTable);
const redis = new Redis(stores.redisUrl);
afterAll(() => redis.disconnect());
const { gate, load, reserve, field, setField } = gateOn(redis);

const warnings: string[] = [];
const details: Readonly<Record<string, unknown>>[] = [];
const warn = (message: string, about: (typeof details)[number]) => {
  warnings.push(message);
  details.push(about);
};
const measured: [string, number][] = [];
const measure = (name: string, value: number) => void measured.push([name, value]);
const tasks: PaymentTask[] = [];
const payments = { send: async (task: PaymentTask) => void tasks.push(task) };
const queue = testQueue({ orderQueueUrl: stores.mailQueueUrl, sqsEndpoint: stores.sqsEndpoint });
const mails = createMailQueue(queue);
const deps = { db, ledger, gate, payments, mails, warn, measure };
const message = (content: Reservation | string, messageId: string = crypto.randomUUID()) => ({
  messageId,
  body: typeof content === "string" ? content : JSON.stringify(content),
});
const stateOf = async (reservation: Reservation) => {
  const state = (await ledger.get(reservation.orderId, reservation.buyerId))?.state;
  return state?.kind === "rejected" ? `rejected: ${state.reason}` : state?.kind;
};

/** A sale in all stores, of a gate and records in epoch 2. */
async function saleInEpoch2(settings: Partial<Sale> = {}): Promise<Sale> {
  const sale = await insert({ epoch: 2, ...settings });
  return load(sale);
}

/** A reservation that is in the ledger. */
async function accepted(sale: Sale, fields: Partial<Reservation> = {}): Promise<Reservation> {
  const reservation = aReservation({ saleId: sale.saleId, epoch: sale.epoch, ...fields });
  await ledger.put(reservation);
  return reservation;
}

const wishFor = ({ saleId, orderId, buyerId }: Reservation): Wish => ({
  wish: "return",
  wishId: crypto.randomUUID(),
  saleId,
  orderId,
  buyerId,
  units: 1,
  isWithheld: false,
  reason: "damaged",
  actorId: "byr_1",
  wishedAtMs: 1,
  requestId: "request-1",
});

/** What lies in the queue of the mails. */
async function mailsDue(): Promise<string[]> {
  const { Messages = [] } = await queue.send("ReceiveMessage", { MaxNumberOfMessages: 10 });
  return Messages.flatMap(({ Body }) => readMails(Body ?? "")).map(
    ({ kind, orderId }) => `${kind} ${orderId}`,
  );
}

describe("the buyers", () => {
  test("are to be told by mail, also of a message that comes again", async () => {
    await mailsDue();
    const sale = await saleInEpoch2();
    const order = await accepted(sale);
    for (let times = 0; times < 2; times++) {
      expect(await consumeOrders(deps, [message(order)])).toEqual([]);
      expect(await mailsDue()).toEqual([`confirmed ${order.orderId}`]);
    }
  });

  test("are told of a cancellation alone, long after they were told of their order", async () => {
    const sale = await saleInEpoch2();
    const order = await accepted(sale);
    await consumeOrders(deps, [message(order)]);
    await mailsDue();
    const wished = message(JSON.stringify(wishFor(order)));
    for (let times = 0; times < 2; times++) {
      expect(await consumeOrders(deps, [wished])).toEqual([]);
      expect(await mailsDue()).toEqual([`returned ${order.orderId}`]);
    }
    await consumeOrders(deps, [message(order)]);
    expect(await mailsDue()).toEqual([`confirmed ${order.orderId}`]);
  });

  test("are told of both where a wish comes before its order", async () => {
    const sale = await saleInEpoch2();
    const order = await accepted(sale);
    await consumeOrders(deps, [message(JSON.stringify(wishFor(order)))]);
    expect(await mailsDue()).toEqual([`confirmed ${order.orderId}`, `returned ${order.orderId}`]);
  });

  test("are told later where the queue does not take it: the order is written, and its message comes again", async () => {
    const sale = await saleInEpoch2();
    const order = await accepted(sale);
    const silent = { sendAll: () => Promise.reject(new Error("SQS is silent")) };
    expect(await consumeOrders({ ...deps, mails: silent }, [message(order, "again")])).toEqual(["again"]);
    expect(await stateOf(order)).toBe("confirmed");
    expect(await soldOf(sale.saleId)).toBe(1);
  });
});

describe("a batch", () => {
  test("becomes rows, and is settled in the ledger after them", async () => {
    const sale = await saleInEpoch2();
    const orders = [await accepted(sale), await accepted(sale)];
    expect(
      await consumeOrders(
        deps,
        orders.map((order) => message(order)),
      ),
    ).toEqual([]);
    expect(await soldOf(sale.saleId)).toBe(2);
    for (const order of orders) expect(await stateOf(order)).toBe("confirmed");
  });

  test("that was committed and is delivered again changes nothing, and settles what was left", async () => {
    const sale = await saleInEpoch2();
    const orders = [await accepted(sale), await accepted(sale)];
    const crashed = { ...ledger, copyEvents: () => Promise.reject(new Error("killed after the commit")) };
    const messages = orders.map((order) => message(order));
    await expect(consumeOrders({ ...deps, ledger: crashed }, messages)).rejects.toThrow("killed");
    expect(await soldOf(sale.saleId)).toBe(2);
    expect(await stateOf(orders[0]!)).toBe("reserved");

    expect(await consumeOrders(deps, messages)).toEqual([]);
    expect(await soldOf(sale.saleId)).toBe(2);
    for (const order of orders) expect(await stateOf(order)).toBe("confirmed");
  });

  test("with one order twice writes it once, and fails neither message", async () => {
    const sale = await saleInEpoch2();
    const order = await accepted(sale);
    expect(await consumeOrders(deps, [message(order), message(order)])).toEqual([]);
    expect(await rowsOf(sale.saleId)).toHaveLength(1);
  });

  test("tells an unreadable message by its id, at each position", async () => {
    for (let position = 0; position < 4; position++) {
      const sale = await saleInEpoch2();
      const orders = [await accepted(sale), await accepted(sale), await accepted(sale)];
      const messages = orders
        .map((order) => message(order))
        .toSpliced(position, 0, message("{", "unreadable"));
      expect(await consumeOrders(deps, messages)).toEqual(["unreadable"]);
      expect(await soldOf(sale.saleId)).toBe(3);
    }
    expect(warnings).toContain("a message is neither a reservation nor about one");
  });

  test("tells every message of a poison order, and of an order of no sale", async () => {
    const sale = await saleInEpoch2();
    const poison = await accepted(sale, { quantity: 2 ** 31 });
    const messages = [
      message(poison, "poison-1"),
      message(await accepted(sale)),
      message(poison, "poison-2"),
      message(aReservation(), "no-sale"),
    ];
    expect((await consumeOrders(deps, messages)).toSorted()).toEqual(["no-sale", "poison-1", "poison-2"]);
    expect(await soldOf(sale.saleId)).toBe(1);
    expect(await stateOf(poison)).toBe("reserved");
  });

  test("settles what PostgreSQL refused as rejected, with the reason, and says so", async () => {
    const sale = await saleInEpoch2({ allocated: 1 });
    const [first, second] = [await accepted(sale), await accepted(sale)];
    warnings.length = 0;
    expect(await consumeOrders(deps, [message(first), message(second)])).toEqual([]);
    expect(await stateOf(second)).toBe("rejected: beyond_allocation");
    expect(warnings).toEqual(["an order was rejected"]);
    const { orderId, requestId, traceId } = second;
    expect(details.at(-1)).toMatchObject({ orderId, requestId, traceId });
    expect(measured).toEqual([["RejectedOrders", 1]]);
  });
});

describe("an order of an older epoch", () => {
  const old = { epoch: 1 };

  test("that the gate has counted becomes a row", async () => {
    const sale = await saleInEpoch2();
    const counted = { ...reservationOf(await reserve(sale.saleId)), ...old };
    await ledger.put(counted);
    expect(await consumeOrders(deps, [message(counted)])).toEqual([]);
    expect(await field(sale.saleId, "sold")).toBe("1");
    expect(await soldOf(sale.saleId)).toBe(1);
  });

  test("that nobody counted is adopted where a unit is left", async () => {
    const sale = await saleInEpoch2();
    const order = await accepted(sale, old);
    const fresh = await accepted(sale);
    expect(await consumeOrders(deps, [message(order), message(fresh)])).toEqual([]);
    expect(await field(sale.saleId, "sold")).toBe("1");
    expect(await rowsOf(sale.saleId)).toMatchObject([{ state: "confirmed" }, { state: "confirmed" }]);
    expect(await stateOf(order)).toBe("confirmed");
  });

  test("that the gate refuses is recorded as rejected, never dropped", async () => {
    const sale = await saleInEpoch2({ allocated: 1 });
    await reserve(sale.saleId);
    const late = await accepted(sale, old);
    expect(await consumeOrders(deps, [message(late)])).toEqual([]);
    expect(await rowsOf(sale.saleId)).toMatchObject([{ state: "rejected", rejected_reason: "stale_epoch" }]);
    expect(await stateOf(late)).toBe("rejected: stale_epoch");
    expect(await consumeOrders(deps, [message(late)])).toEqual([]);
    expect(await rowsOf(sale.saleId)).toHaveLength(1);
  });

  test("without a ledger entry was never accepted: it waits, and nothing is counted", async () => {
    const sale = await saleInEpoch2();
    const unknown = aReservation({ saleId: sale.saleId, ...old });
    expect(await consumeOrders(deps, [message(unknown, "unknown")])).toEqual(["unknown"]);
    expect(await field(sale.saleId, "sold")).toBe("0");
    expect(await rowsOf(sale.saleId)).toEqual([]);
  });

  test("while the gate is lost waits for its recovery", async () => {
    const sale = await saleInEpoch2();
    await setField(sale.saleId, "run_id", "0123456789abcdef0123456789abcdef01234567");
    const order = await accepted(sale, old);
    expect(await consumeOrders(deps, [message(order, "waits")])).toEqual(["waits"]);
    expect(await rowsOf(sale.saleId)).toEqual([]);
  });

  test("waits while the gate is rebuilt, and is counted once it is open", async () => {
    const sale = await saleInEpoch2();
    await setField(sale.saleId, "recovering", 1);
    const order = await accepted(sale, old);
    let looks = 0;
    const watched = {
      ...gate,
      adopt: async (reservation: Reservation) => {
        const reply = await gate.adopt(reservation);
        if (++looks === 1) await setField(sale.saleId, "recovering", 0);
        return reply;
      },
    };
    expect(await consumeOrders({ ...deps, gate: watched }, [message(order)])).toEqual([]);
    expect(looks).toBe(2);
    expect(await soldOf(sale.saleId)).toBe(1);
  });

  test("is redelivered when the rebuild takes longer than a function can wait", async () => {
    const sale = await saleInEpoch2();
    await setField(sale.saleId, "recovering", 1);
    const [late, fresh] = [await accepted(sale, old), await accepted(sale)];
    expect(await consumeOrders(deps, [message(late, "waits"), message(fresh)])).toEqual(["waits"]);
    expect(await soldOf(sale.saleId)).toBe(1);
  });
});

test("an empty batch is nothing to do", async () => {
  expect(await consumeOrders(deps, [])).toEqual([]);
});

test("two batches of the same orders at once leave each order once, settled", async () => {
  const sale = await saleInEpoch2({ allocated: 40 });
  const orders = await Promise.all(Array.from({ length: 30 }, () => accepted(sale)));
  const batch = orders.map((order) => message(order));
  expect(await Promise.all([consumeOrders(deps, batch), consumeOrders(deps, batch.toReversed())])).toEqual([
    [],
    [],
  ]);
  expect(await soldOf(sale.saleId)).toBe(30);
  for (const order of orders) expect(await stateOf(order)).toBe("confirmed");
});
