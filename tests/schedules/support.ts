import { setTimeout as sleep } from "node:timers/promises";
import { vi } from "vitest";
import { updateSale } from "../../core/administration/update-sale.ts";
import type { SaleChange } from "../../core/sale/change-sale.ts";
import { systemClock } from "../../core/clock.ts";
import type { SaleNumbers } from "../../core/contract/admin.ts";
import type { OrderView, OwnOrder } from "../../core/contract/order.ts";
import { type HolderFilter, mayHold } from "../../core/gate/holder-filter.ts";
import { gateKeys } from "../../core/gate/keys.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { createJoins } from "../../core/line/joins.dynamo.ts";
import { createMailQueue } from "../../core/mail/mail-queue.sqs.ts";
import { consumeOrders } from "../../core/orders/consume-orders.ts";
import type { Reservation } from "../../core/reservation/reservation.ts";
import { LATELY_MS } from "../../core/sale/current-sales.ts";
import { hashKey } from "../../core/purchase/key-hash.ts";
import { readFacts } from "../../core/reconciliation/read-facts.ts";
import { reconcile } from "../../core/reconciliation/reconcile.ts";
import { archiveDuty } from "../../core/guardian/duties/archive-duty.ts";
import { archiveSale } from "../../core/guardian/archive-sale.ts";
import { findClosedSale, salesToArchive } from "../../core/guardian/archive.postgres.ts";
import { guardDependencies } from "../../core/clients/guard-dependencies.ts";
import { guardedSales } from "../../core/guardian/guarded-sales.postgres.ts";
import { recover } from "../../core/guardian/recover.ts";
import { latestRecoveries } from "../../core/guardian/recovery.postgres.ts";
import type { Cloud } from "../../local/cloud.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import type { TestStores } from "../support/stores.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { gateOn, reservationOf } from "../gate/test-gate.ts";
import { aBuyer, anActor } from "../support/test-sale.ts";
import { testQueue, testTables } from "../support/test-aws.ts";
import { waitFor } from "../support/wait-for.ts";
import { newGuardian } from "./new-guardian.ts";

export type { Reservation };
export type Attempt = { readonly buyerId?: BuyerId; readonly key?: string; readonly quantity?: number };
/** Of an order, what its buyer needs to look it up. */
export type Owned = { readonly orderId: string; readonly buyerId: BuyerId };
/** Where a change comes in the middle of a rebuild: its settings were read, or its gate is being filled. */
export type RebuildStep = "marked" | "filling";

/** A command that no store hears of in time. */
const late = async (): Promise<never> => {
  throw new Error("the command is late");
};

/** A process that comes no further. */
const die = (): Promise<never> => Promise.reject(new Error("killed"));

/**
 * The one door of these tests to the product's inside: what they do there goes through here, by words of the domain.
 * Call it after the file's cloud, whose functions run in this process.
 */
export async function testSchedules(cloud: Cloud & TestStores) {
  const { call, newSale, buy, operate } = testApi(cloud.apiUrl);
  const { redis, db, rowsOf, snapshotOf } = testSnapshots(cloud);
  const { gate, reserve, nowMs: gateNowMs } = gateOn(redis);
  const joins = createJoins(testTables(cloud.dynamoEndpoint), cloud.lineTable);
  const deps = { ...(await guardDependencies()), joins };
  const mails = createMailQueue(
    testQueue({ orderQueueUrl: cloud.mailQueueUrl, sqsEndpoint: cloud.sqsEndpoint }),
  );

  const guarded = async (saleId: SaleId) => (await guardedSales(db)).find((sale) => sale.saleId === saleId);
  const closedSaleOf = async (saleId: SaleId) => {
    const sale = await findClosedSale(db, saleId);
    if (!sale) throw new Error("the sale is not closed");
    return sale;
  };
  const stateOf = async ({ orderId, buyerId }: Owned): Promise<string | undefined> => {
    const { body } = await call(`GET /api/sale/order/${orderId}`, { token: tokenOf(buyerId) });
    return (body as Partial<OrderView>).state;
  };

  return {
    call,
    newSale,
    buy,
    operate,
    snapshotOf,
    gateNowMs,

    /** A purchase up to the gate: what a crash right after it leaves. */
    reserveOnly: async (saleId: SaleId, { key, ...attempt }: Attempt = {}): Promise<Reservation> =>
      reservationOf(
        await reserve(saleId, { ...attempt, ...(key !== undefined && { keyHash: hashKey(key) }) }),
      ),

    /** An operator's change, from where the operator is known on: that takes a look into the ledger's store itself. */
    change: (saleId: SaleId, change: SaleChange) =>
      updateSale({ ...deps, records: deps.saleRecords }, saleId, change, anActor),

    /** The purchase goes on from there: its entry. */
    putInLedger: (reservation: Reservation) => deps.ledger.put(reservation),

    /** Hands messages to a consumer, which may be killed right after the gate has adopted one. */
    async sendToConsumer(reservations: readonly Reservation[], killed?: "after_adoption"): Promise<void> {
      const adopt = async (reservation: Reservation): Promise<never> => {
        await deps.gate.adopt(reservation);
        throw new Error("the consumer was killed");
      };
      const consumer = { ...deps, mails, ...(killed && { gate: { ...deps.gate, adopt } }) };
      const messages = reservations.map((reservation) => ({
        messageId: reservation.orderId,
        body: JSON.stringify(reservation),
      }));
      const consumed = consumeOrders(consumer, messages);
      await (killed ? consumed.catch(() => {}) : consumed);
    },

    loseGate: (saleId: SaleId) => redis.del(...Object.values(gateKeys(saleId))),

    requestRecovery: (saleId: SaleId) => deps.rebuild.request(saleId, "a test asked for it"),

    /** One recovery, with something that happens in its middle. */
    async recoverWhile(saleId: SaleId, step: RebuildStep, happen: () => Promise<void>): Promise<void> {
      let hasMarked = false;
      const markCounted: typeof deps.ledger.markCounted = async (...marking) => {
        await deps.ledger.markCounted(...marking);
        hasMarked = true;
        if (step === "marked") await happen();
      };
      // Besides the drain, the lease is kept before each part of the filling.
      const keepLease = async () => {
        if (step === "filling" && hasMarked) await happen();
      };
      await recover({ ...deps, ledger: { ...deps.ledger, markCounted } }, saleId, "test", 1, keepLease);
    },

    /** Archives a closed sale, as the guardian does an hour after it was closed. */
    archive: async (saleId: SaleId) => archiveSale(deps, await closedSaleOf(saleId)),

    /**
     * The same, with something that happens in its middle: before the keys are removed, or after that and before it is
     * recorded. What throws there is a crash.
     */
    async archiveWhile(
      saleId: SaleId,
      step: "recorded" | "removed",
      happen: () => Promise<void>,
    ): Promise<"archived" | "changed"> {
      const archive: typeof deps.gate.archive = async (...recorded) => {
        if (step === "recorded") await happen();
        const reply = await deps.gate.archive(...recorded);
        if (step === "removed") await happen();
        return reply;
      };
      return archiveSale({ ...deps, gate: { ...deps.gate, archive } }, await closedSaleOf(saleId));
    },

    /** What the guardian does for closed sales, each minute. */
    tendClosed: () => archiveDuty(deps)(),

    /** A change that PostgreSQL has, and of which no other store has heard. */
    changeInRecordsAlone: async (saleId: SaleId, change: SaleChange) => {
      const silent = { ...deps, gate: { ...deps.gate, configure: late } };
      await updateSale({ ...silent, records: { ...deps.saleRecords, put: late } }, saleId, change, anActor);
    },

    /** A change whose process is killed as soon as PostgreSQL has it. */
    changeAndDie: async (saleId: SaleId, change: SaleChange) => {
      const gateOfDead = { ...deps.gate, configure: die, load: die };
      await updateSale(
        { ...deps, gate: gateOfDead, records: { ...deps.saleRecords, put: die } },
        saleId,
        change,
        anActor,
      );
    },

    /** How many of the gate's keys there are. */
    keysOf: (saleId: SaleId) => redis.exists(...Object.values(gateKeys(saleId))),

    /** Sales that are still to be archived. */
    isToArchive: async (saleId: SaleId) =>
      (await salesToArchive(db, Date.now() + 2 * LATELY_MS, 1_000)).some((sale) => sale.saleId === saleId),

    /** A guardian of its own memory. */
    newGuardian: () => newGuardian(deps, guarded),

    /** Whether somebody looks after the sale. */
    isGuarded: async (saleId: SaleId) => (await guarded(saleId)) !== undefined,

    /** A purchase over HTTP. @throws unless it is accepted. */
    async accepted(saleId: SaleId, attempt: Attempt = {}): Promise<Owned> {
      const buyerId = attempt.buyerId ?? aBuyer();
      const answer = await buy(saleId, { ...attempt, buyerId });
      if (answer.status !== 202) throw new Error(`not accepted: ${answer.text}`);
      return { orderId: answer.body!.orderId!, buyerId };
    },

    /** What an order was of, as its buyer reads it. */
    soldAs: async (orderId: string, buyerId: BuyerId): Promise<string | undefined> => {
      const { body } = await call(`GET /api/sale/order/${orderId}`, { token: tokenOf(buyerId) });
      return (body as Partial<OwnOrder>).sale?.name;
    },

    /** The state of an order, as its buyer reads it. */
    stateOf,

    /** The same once it can change no more. */
    async decided(order: Owned): Promise<string | undefined> {
      const isDecided = async () => ["confirmed", "rejected"].includes((await stateOf(order)) ?? "");
      await waitFor("the order is decided", isDecided);
      return stateOf(order);
    },

    /** The states of a buyer's one order in each of the three look-ups. */
    async statesOf(saleId: SaleId, order: Owned) {
      const token = tokenOf(order.buyerId);
      type List = { readonly orders: readonly OrderView[] };
      const [mine, all] = await Promise.all([
        call(`GET /api/sale/my-order/${saleId}`, { token }),
        call("GET /api/orders", { token }),
      ]);
      const stateIn = ({ body }: { readonly body: unknown }): string | undefined =>
        (body as List).orders.find((listed) => listed.orderId === order.orderId)?.state;
      return { order: await stateOf(order), mine: stateIn(mine), all: stateIn(all) };
    },

    /** Each reservation of a buyer that the ledger holds. */
    async numbersOf(saleId: SaleId, buyerId: BuyerId): Promise<number[]> {
      return (await deps.ledger.ofBuyer(saleId, buyerId)).map(({ reservation }) => reservation.n);
    },

    /** A sale as operators see it. */
    async watch(saleId: SaleId): Promise<SaleNumbers> {
      const token = tokenOf(aBuyer(), "operator");
      return (await call(`GET /api/admin/sales/${saleId}`, { token })).body as unknown as SaleNumbers;
    },

    /** The settings that the gate goes by, and those of the system of record, in the same words. */
    async settingsOf(saleId: SaleId) {
      const fields = ["state", "allocated", "starts_at_ms", "ends_at_ms", "purchase_limit", "attempt_limit"];
      const inGate = await redis.hmget(gateKeys(saleId).gate, ...fields);
      const sales = db.selectFrom("sales").selectAll().where("id", "=", saleId);
      const row = await sales.executeTakeFirstOrThrow();
      const [startsAtMs, endsAtMs] = [row.starts_at.getTime(), row.ends_at?.getTime() ?? 0];
      const { state, allocated, purchase_limit, attempt_limit } = row;
      const recorded = [state, allocated, startsAtMs, endsAtMs, purchase_limit, attempt_limit].map(String);
      return { gate: inGate, recorded };
    },

    /** How many units came to rows, by their state. */
    async rowStates(saleId: SaleId) {
      const rows = await rowsOf(saleId);
      return new Map(rows.map((row) => [String(row.id), row.state as string]));
    },

    recoveriesOf: (saleId: SaleId) => latestRecoveries(db, saleId),

    /** Units on which the stores disagree. */
    async driftUnits(saleId: SaleId): Promise<number> {
      const facts = await readFacts(deps, saleId);
      if (!facts) throw new Error("the gate is lost");
      return reconcile(facts).driftUnits;
    },

    /** The gate's filter of holders, as "sold out" brings it. */
    async holdersOf(saleId: SaleId): Promise<(buyerId: BuyerId) => boolean> {
      const reply = await reserve(saleId, { wantsFilter: true });
      const filter: HolderFilter | null = reply.kind === "sold_out" ? reply.filter : null;
      if (!filter) throw new Error(`the gate gave no filter: ${JSON.stringify(reply)}`);
      return (buyerId) => mayHold(filter, buyerId);
    },

    /** What is left at the gate. */
    async available(saleId: SaleId): Promise<number> {
      const view = await gate.inspect(saleId);
      if (view.kind === "lost") throw new Error("the gate is lost");
      return view.stock.available;
    },

    /** Holds the sale's row, as a slow batch of orders does, while something happens. */
    whileRowIsHeld: (saleId: SaleId, happen: () => Promise<void>) =>
      db.transaction().execute(async (trx) => {
        await trx.selectFrom("sales").select("id").where("id", "=", saleId).forUpdate().execute();
        await happen();
      }),

    /**
     * Lets PostgreSQL refuse what the gate had units for, while something happens: its records alone allocate so few.
     */
    async whileRecordsAllocate(
      saleId: SaleId,
      allocated: number,
      happen: () => Promise<void>,
    ): Promise<void> {
      const sale = await db
        .selectFrom("sales")
        .select("allocated")
        .where("id", "=", saleId)
        .executeTakeFirstOrThrow();
      const allocate = (units: number) =>
        db.updateTable("sales").set({ allocated: units }).where("id", "=", saleId).execute();
      await allocate(allocated);
      await happen();
      await allocate(sale.allocated);
    },

    /** Sets every function's date wrong by so much while something happens. */
    async withFunctionClock<T>(shiftMs: number, happen: () => Promise<T>): Promise<T> {
      const nowMs = systemClock.nowMs.bind(systemClock);
      const clock = vi.spyOn(systemClock, "nowMs").mockImplementation(() => nowMs() + shiftMs);
      try {
        return await happen();
      } finally {
        clock.mockRestore();
      }
    },

    async untilGateClock(instantMs: number): Promise<void> {
      while ((await gateNowMs()) <= instantMs) await sleep(20);
    },
  };
}
