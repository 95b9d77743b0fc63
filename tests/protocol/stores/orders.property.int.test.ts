import * as fc from "fast-check";
import { expect, test } from "vitest";
import { beginEpoch, serveEpoch } from "../../../core/guardian/recovery.postgres.ts";
import { closeSale } from "../../../core/guardian/guarded-sales.postgres.ts";
import { decideWish } from "../../../core/orders/decide-wish.postgres.ts";
import { recordOrders, recordRejected } from "../../../core/orders/record-orders.postgres.ts";
import { type RecordedOrder, rejected } from "../../../core/orders/recorded-order.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { findSale, giveRevision, lockSale, storeSale } from "../../../core/sale/sales.postgres.ts";
import type { Sale } from "../../../core/sale/sale.ts";
import { testStores } from "../../support/stores.ts";
import { testOrders } from "../../support/test-orders.ts";
import { aReservation } from "../../support/test-reservation.ts";
import { aBuyer, NOW_MS } from "../../support/test-sale.ts";
import { aWish } from "../worlds/beginnings.ts";
import { allRules } from "../rules.ts";
import { newPostgres, type Postgres, type Recording, stateOf } from "./postgres.ts";
import { postgresOperations } from "./postgres-operations.ts";

const stores = await testStores();
const { db, insert } = testOrders(stores.databaseUrl);
const operations = postgresOperations(allRules);

const order = fc.nat(5);
const does = <const Does extends string>(name: Does) => fc.constant(name);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: does("record"),
      order,
      countedIn: fc.option(fc.integer({ min: 1, max: 3 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: does("reject"), order, refusedIn: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: does("wish"),
      order,
      wish: fc.nat(3),
      units: fc.integer({ min: 1, max: 2 }),
      isWithheld: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: does("begin_epoch"), fence: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: does("serve_epoch"),
      epoch: fc.integer({ min: 1, max: 3 }),
      fence: fc.nat(2),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: does("store"),
      allocated: fc.integer({ min: 1, max: 6 }),
      purchaseLimit: fc.integer({ min: 2, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: does("close"), isOld: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const SETTINGS = {
  state: "running" as const,
  allocated: 4,
  purchaseLimit: 2,
  startsAtMs: NOW_MS - 2,
  endsAtMs: NOW_MS - 1,
};

/** PostgreSQL and the model, side by side. */
class Life {
  model: Postgres = newPostgres(SETTINGS);
  readonly sale: Sale;
  readonly #orders: readonly Reservation[];
  #seen: Sale;

  constructor(sale: Sale) {
    const { saleId } = sale;
    const [one, other] = [aBuyer(), aBuyer()];
    this.sale = sale;
    this.#seen = sale;
    // Two buyers, some numbers given twice, orders of three epochs.
    this.#orders = [1, 1, 2, 1, 2, 3].map((epoch, index) =>
      aReservation({
        saleId,
        buyerId: index % 2 ? one : other,
        n: 1 + (index % 4),
        epoch,
        quantity: 1 + (index % 2),
      }),
    );
  }

  async step(step: Step): Promise<void> {
    const { saleId } = this.sale;
    switch (step.does) {
      case "record":
        return this.#record(this.#orders[step.order]!, step.countedIn ?? undefined);
      case "reject": {
        const reservation = this.#orders[step.order]!;
        const refused = { reservation, reason: "stale_epoch", refusedIn: step.refusedIn } as const;
        const expected = this.#run<Recording>("recordRejected", refused);
        const epochs = new Map([[reservation.orderId, step.refusedIn]]);
        const real = await recordRejected(db, [rejected(reservation, "stale_epoch")], epochs);
        return expect(outcome(real)).toEqual(plain(expected));
      }
      case "wish": {
        const reservation = this.#orders[step.order]!;
        const { orderId, buyerId } = reservation;
        const wish = aWish(`wish-${step.wish}`, step.units, step.isWithheld);
        const expected = this.#run<RecordedOrder | null>("decideWish", { orderId, wish });
        const rest = {
          wish: "return",
          saleId,
          orderId,
          buyerId,
          wishedAtMs: 1,
          requestId: "request",
        } as const;
        const real = await decideWish(db, { ...wish, ...rest }, reservation);
        return expect(real?.history ?? null).toEqual(expected?.history ?? null);
      }
      case "begin_epoch": {
        const expected = this.#run("beginEpoch", { fence: step.fence });
        const real = await beginEpoch(db, saleId, step.fence).catch(() => "fenced");
        return expect(real).toEqual(expected);
      }
      case "serve_epoch": {
        const expected = this.#run("serveEpoch", { epoch: step.epoch, fence: step.fence });
        const real = await serveEpoch(db, saleId, step.epoch, step.fence).then(
          () => "served",
          () => "fenced",
        );
        return expect(real).toEqual(expected);
      }
      case "store":
        return this.#store(step);
      case "close": {
        const revision = this.#run<number>("giveRevision", { count: 1 });
        const seen = step.isOld ? this.#seen : (await findSale(db, saleId))!;
        const facts = { revision: seen.revision, epoch: seen.epoch };
        const expected = this.#run<boolean>("close", { seen: facts, revision, nowMs: NOW_MS });
        return expect((await closeSale(db, seen, NOW_MS)) !== null).toBe(expected);
      }
      default:
        return step satisfies never;
    }
  }

  async #record(reservation: Reservation, countedIn: number | undefined): Promise<void> {
    const expected = this.#run<Recording>("record", { reservation, countedIn });
    const { reason } = { reason: null, ...expected };
    const decided =
      reason === null ? expected : this.#run<Recording>("recordRejected", { reservation, reason });
    const counted = new Map(countedIn === undefined ? [] : [[reservation.orderId, countedIn]]);
    expect(outcome(await recordOrders(db, [reservation], counted))).toEqual(plain(decided));
  }

  /** A change of the settings, as far as the counters allow. */
  async #store({ allocated, purchaseLimit }: { allocated: number; purchaseLimit: number }): Promise<void> {
    const { sale } = this.model;
    if (allocated < sale.sold + sale.withheld) return;
    const revision = this.#run<number>("giveRevision", { count: 2 });
    expect(await giveRevision(db, this.sale.saleId, 2)).toBe(revision);
    const settings = { ...sale.settings, allocated, purchaseLimit };
    this.#run("lock", { by: "somebody" });
    this.#run("store", { by: "somebody", sale: { settings, revision, isClosed: false } });
    await db.transaction().execute(async (trx) => {
      const locked = await lockSale(trx, this.sale.saleId);
      await storeSale(trx, { ...locked!, allocated, purchaseLimit, revision, closedAtMs: null });
    });
  }

  #run<Reply>(name: keyof typeof operations, args: object): Reply {
    const [made] = operations[name].run(args as never, this.model as never);
    if (!made) throw new Error(`${name} waits`);
    this.model = made.next[0] as Postgres;
    return made.reply as Reply;
  }

  async compare(): Promise<void> {
    const { saleId } = this.sale;
    const row = await db.selectFrom("sales").selectAll().where("id", "=", saleId).executeTakeFirstOrThrow();
    const { sale, rows } = this.model;
    expect({
      sold: row.sold,
      withheld: row.withheld,
      epoch: row.epoch,
      servedEpoch: row.served_epoch,
      fence: Number(row.fence),
      revision: row.revision,
      revisionGiven: row.revision_given,
      isClosed: row.closed_at !== null,
      allocated: row.allocated,
    }).toEqual({ ...sale, allocated: sale.settings.allocated, settings: undefined });
    const orders = await db.selectFrom("orders").selectAll().where("sale_id", "=", saleId).execute();
    expect(
      Object.fromEntries(
        orders.map((one) => [one.id, [one.state, one.units_left, one.units_withheld, one.event_number]]),
      ),
    ).toEqual(
      Object.fromEntries(
        Object.entries(rows).map(([id, one]) => {
          const { kind, unitsLeft, unitsWithheld, number } = stateOf(one);
          return [id, [kind, unitsLeft, unitsWithheld, number]];
        }),
      ),
    );
  }
}

const outcome = ({ recorded, stale }: Awaited<ReturnType<typeof recordOrders>>) =>
  stale.length > 0 ? { kind: "stale" } : { kind: "recorded", history: recorded[0]?.history };
const plain = (recording: Recording) =>
  recording.kind === "recorded" ? { kind: "recorded", history: recording.order.history } : recording;

test("the explorer's PostgreSQL decides and holds what the real one decides and holds", async () => {
  const property = fc.asyncProperty(fc.array(step, { maxLength: 25, size: "max" }), async (steps) => {
    const life = new Life(await insert(SETTINGS));
    for (const one of steps) {
      await life.step(one);
      await life.compare();
    }
  });
  await fc.assert(property, { numRuns: 80 });
}, 120_000);

test("who would change the sale's row waits while somebody has it, in the model as in PostgreSQL", async () => {
  const sale = await insert(SETTINGS);
  const reservation = aReservation({ saleId: sale.saleId });
  const locked: Postgres = { ...newPostgres(SETTINGS), lockedBy: "somebody" };
  const waits = [
    ["record", { reservation }, () => recordOrders(db, [reservation])],
    ["giveRevision", { count: 1 }, () => giveRevision(db, sale.saleId)],
    ["beginEpoch", { fence: 0 }, () => beginEpoch(db, sale.saleId, 0)],
  ] as const;
  const done: string[] = [];
  let pending: Promise<unknown>[] = [];
  await db.transaction().execute(async (trx) => {
    await lockSale(trx, sale.saleId);
    pending = waits.map(([name, , act]) => act().then(() => done.push(name)));
    await new Promise((resume) => setTimeout(resume, 300));
    expect(done).toEqual([]);
  });
  await Promise.all(pending);
  expect(done).toHaveLength(waits.length);
  for (const [name, args] of waits) expect(operations[name].run(args as never, locked as never)).toEqual([]);
});
