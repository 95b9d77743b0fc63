import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { databaseClient } from "../../core/clients/database.ts";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { loadConfig } from "../../core/config.ts";
import { insertOrders } from "../../core/orders/insert-orders.postgres.ts";
import { confirmed } from "../../core/orders/recorded-order.ts";
import type { Reservation } from "../../core/reservation/reservation.ts";
import { consumers } from "../../core/topology.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { chunk } from "./chunk.ts";
import { interleave } from "./interleave.ts";
import { type Measurement, ratio } from "./measurement.ts";
import { median } from "./median.ts";
import { drainQueue, fillQueue } from "./order-queue.ts";
import { reservationsOf } from "./reservations-of.ts";

const ORDERS = 5_000;
const ROUNDS = 5;
/** The consumer's process and the local stores compile what they run while they take the first twenty thousand orders. */
const WARM_UPS = 4;
const STATISTICS_DELAY_MS = 1_100;
const WHY =
  "its copies into the ledger are not in the reference, and the local DynamoDB takes about as many of them a second as there are rows; four batches are under way at once, so that all three stores work beside each other";

/** Order rows a second from a full queue, against the raw insert of such rows and against the queue without the rows. */
export async function benchConsumer(cloud: BenchCloud): Promise<Measurement[]> {
  const nothing = { invoke: async () => undefined, stop: async () => {} };
  const heldMs: number[] = [];
  const [consumer, insert, queue, copy] = await interleave(
    ROUNDS,
    [
      async () => {
        const orders = await reservationsOf(cloud, ORDERS);
        await fillQueue(cloud, orders);
        const held = await watchConnections();
        const seconds = await drainQueue(cloud, cloud.runner, ORDERS);
        heldMs.push(await held());
        await assertWritten(orders);
        return [ORDERS / seconds];
      },
      async () => [await insertedPerSecond(await reservationsOf(cloud, ORDERS))],
      async () => {
        await fillQueue(cloud, await reservationsOf(cloud, ORDERS));
        return [ORDERS / (await drainQueue(cloud, nothing, ORDERS))];
      },
      async () => [await copiedPerSecond(await reservationsOf(cloud, ORDERS))],
    ],
    WARM_UPS,
  );
  const parts = `${consumer.toFixed(0)} against insert ${insert.toFixed(0)}, queue ${queue.toFixed(0)} rows a second`;
  const lower = Math.min(insert, queue);
  return [
    ratio(
      "order rows by the consumer / lower of insert and queue",
      consumer / lower,
      parts,
      { least: 0.6 },
      WHY,
    ),
    {
      budget: "the same / all three stores' work, one after the other",
      figure: `${(consumer * (1 / insert + 1 / queue + 1 / copy)).toFixed(2)}× (copies into the ledger ${copy.toFixed(0)} a second)`,
      goal: "reported",
      isMet: true,
    },
    {
      budget: "PostgreSQL connection held for each batch of orders",
      figure: `${(median(heldMs) / (ORDERS / consumers.orderConsumer.batchSize)).toFixed(0)} ms`,
      goal: "reported",
      isMet: true,
    },
  ];
}

const database = () => databaseClient(loadConfig(["DATABASE_URL"]));

/** From now on: for how long connections were within a transaction, by PostgreSQL's own statistics, in milliseconds. */
async function watchConnections(): Promise<() => Promise<number>> {
  const before = await heldMsSoFar();
  return async () => (await heldMsSoFar()) - before;
}

async function heldMsSoFar(): Promise<number> {
  // A connection reports what it did a second after it at the latest.
  await sleep(STATISTICS_DELAY_MS);
  const { rows } = await sql<{ ms: number }>`
    select active_time + idle_in_transaction_time as ms from pg_stat_database
    where datname = current_database()`.execute(await database());
  return Number(rows[0]?.ms);
}

/** As many rows in a statement, and as many statements at once, as the consumer's. */
async function insertedPerSecond(orders: readonly Reservation[]): Promise<number> {
  const db = await database();
  const batches = chunk(orders.map(confirmed), consumers.orderConsumer.batchSize);
  const startedMs = performance.now();
  const insertSome = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      const rows = batch;
      await db.transaction().execute((trx) => insertOrders(trx, rows));
    }
  };
  await Promise.all(Array.from({ length: consumers.orderConsumer.maximumConcurrency }, insertSome));
  return orders.length / ((performance.now() - startedMs) / 1000);
}

/** Copies of one event for each order into the ledger, in batches as large and as many at once as the consumer's. */
async function copiedPerSecond(orders: readonly Reservation[]): Promise<number> {
  const { ledger } = await ledgerClients(loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT"]));
  const batches = chunk(orders, consumers.orderConsumer.batchSize);
  const startedMs = performance.now();
  const copySome = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop())
      await ledger.copyEvents(
        batch.map((reservation) => ({ reservation, event: { kind: "confirmed", id: "confirm", number: 1 } })),
      );
  };
  await Promise.all(Array.from({ length: consumers.orderConsumer.maximumConcurrency }, copySome));
  return orders.length / ((performance.now() - startedMs) / 1000);
}

/** What was not written does not count as quick. */
async function assertWritten(orders: readonly Reservation[]): Promise<void> {
  const { saleId } = orders[0]!;
  const db = await database();
  const { sold } = await db
    .selectFrom("sales")
    .select("sold")
    .where("id", "=", saleId)
    .executeTakeFirstOrThrow();
  if (sold !== orders.length) throw new Error(`${sold} of ${orders.length} orders were written`);
}
