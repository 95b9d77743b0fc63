import type { Kysely } from "kysely";
import { expect } from "vitest";
import { closeSale } from "../../../core/guardian/guarded-sales.postgres.ts";
import { beginEpoch, serveEpoch } from "../../../core/guardian/recovery.postgres.ts";
import { decideWish } from "../../../core/orders/decide-wish.postgres.ts";
import { recordOrders, recordRejected } from "../../../core/orders/record-orders.postgres.ts";
import { type RecordedOrder, rejected } from "../../../core/orders/recorded-order.ts";
import type { Database } from "../../../core/postgres/database.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { findSale, giveRevision, lockSale, storeSale } from "../../../core/sale/sales.postgres.ts";
import type { Sale } from "../../../core/sale/sale.ts";
import { aReservation } from "../../support/test-reservation.ts";
import { aBuyer, NOW_MS } from "../../support/test-sale.ts";
import { allRules } from "../rules.ts";
import { aWish } from "../worlds/beginnings.ts";
import type { OrdersStep } from "./orders-steps.ts";
import { newPostgres, type Postgres, type Recording, stateOf } from "./postgres.ts";
import { postgresOperations } from "./postgres-operations.ts";

const operations = postgresOperations(allRules);

/** A sale that is over, so that it can be closed. */
export const SETTINGS = {
  state: "running" as const,
  allocated: 4,
  purchaseLimit: 2,
  startsAtMs: NOW_MS - 2,
  endsAtMs: NOW_MS - 1,
};

/** PostgreSQL and the explorer's model of it, side by side. */
export class OrdersLife {
  readonly #db: Kysely<Database>;
  /** As it was at first. */
  readonly #sale: Sale;
  readonly #orders: readonly Reservation[];
  #model: Postgres = newPostgres(SETTINGS);

  constructor(db: Kysely<Database>, sale: Sale) {
    this.#db = db;
    this.#sale = sale;
    const { saleId } = sale;
    const buyers = [aBuyer(), aBuyer()] as const;
    // Some numbers are given twice, and the orders are of three epochs.
    this.#orders = [1, 1, 2, 1, 2, 3].map((epoch, index) => {
      const [buyerId, quantity] = index % 2 ? [buyers[0], 2] : [buyers[1], 1];
      return aReservation({ saleId, buyerId, n: 1 + (index % 4), epoch, quantity });
    });
  }

  async step(step: OrdersStep): Promise<void> {
    switch (step.does) {
      case "record":
        return this.#record(this.#orders[step.order]!, step.countedIn);
      case "reject":
        return this.#reject(this.#orders[step.order]!, step.refusedIn);
      case "wish":
        return this.#wish(step);
      case "begin_epoch": {
        const expected = this.#run("beginEpoch", { fence: step.fence });
        const real = await beginEpoch(this.#db, this.#sale.saleId, step.fence).catch(() => "fenced");
        return expect(real).toEqual(expected);
      }
      case "serve_epoch": {
        const { epoch, fence } = step;
        const expected = this.#run("serveEpoch", { epoch, fence });
        const served = serveEpoch(this.#db, this.#sale.saleId, epoch, fence);
        return expect(
          await served.then(
            () => "served",
            () => "fenced",
          ),
        ).toBe(expected);
      }
      case "store":
        return this.#store(step.allocated, step.purchaseLimit);
      case "close":
        return this.#close(step.isOld);
      default:
        return step satisfies never;
    }
  }

  async #record(reservation: Reservation, countedIn: number | undefined): Promise<void> {
    const made = this.#run("record", { reservation, countedIn }) as Recording;
    const decided =
      made.kind === "broke"
        ? (this.#run("recordRejected", { reservation, reason: made.reason }) as Recording)
        : made;
    const counted = new Map(countedIn === undefined ? [] : [[reservation.orderId, countedIn]]);
    expect(outcome(await recordOrders(this.#db, [reservation], counted))).toEqual(plain(decided));
  }

  async #reject(reservation: Reservation, refusedIn: number): Promise<void> {
    const refused = { reservation, reason: "stale_epoch", refusedIn };
    const decided = this.#run("recordRejected", refused) as Recording;
    const epochs = new Map([[reservation.orderId, refusedIn]]);
    const real = await recordRejected(this.#db, [rejected(reservation, "stale_epoch")], epochs);
    expect(outcome(real)).toEqual(plain(decided));
  }

  async #wish(step: Extract<OrdersStep, { does: "wish" }>): Promise<void> {
    const reservation = this.#orders[step.order]!;
    const { orderId, buyerId, saleId } = reservation;
    const wish = aWish(`wish-${step.wish}`, step.units, step.isWithheld);
    const expected = this.#run("decideWish", { orderId, wish }) as RecordedOrder | null;
    const rest = { wish: "return", saleId, orderId, buyerId, wishedAtMs: 1, requestId: "request" } as const;
    const real = await decideWish(this.#db, { ...wish, ...rest }, reservation);
    expect(real?.history ?? null).toEqual(expected?.history ?? null);
  }

  /** A change of the settings, as far as the counters allow one. */
  async #store(allocated: number, purchaseLimit: number): Promise<void> {
    const { sale } = this.#model;
    if (allocated < sale.sold + sale.withheld) return;
    const revision = this.#run("giveRevision", { count: 2 }) as number;
    expect(await giveRevision(this.#db, this.#sale.saleId, 2)).toBe(revision);
    const settings = { ...sale.settings, allocated, purchaseLimit };
    this.#run("lock", { by: "somebody" });
    this.#run("store", { by: "somebody", sale: { settings, revision, isClosed: false } });
    await this.#db.transaction().execute(async (trx) => {
      const locked = (await lockSale(trx, this.#sale.saleId))!;
      await storeSale(trx, { ...locked, allocated, purchaseLimit, revision, closedAtMs: null });
    });
  }

  /** @param isOld as whoever looked at the sale at the beginning would close it. */
  async #close(isOld: boolean): Promise<void> {
    const seen = isOld ? this.#sale : (await findSale(this.#db, this.#sale.saleId))!;
    const revision = this.#run("giveRevision", { count: 1 });
    const facts = { revision: seen.revision, epoch: seen.epoch };
    const expected = this.#run("close", { seen: facts, revision, nowMs: NOW_MS });
    expect((await closeSale(this.#db, seen, NOW_MS)) !== null).toBe(expected);
  }

  #run(name: keyof typeof operations, args: object): unknown {
    const [made] = operations[name].run(args as never, this.#model as never);
    if (!made) throw new Error(`${name} waits`);
    this.#model = made.next[0] as Postgres;
    return made.reply;
  }

  async compare(): Promise<void> {
    const { saleId } = this.#sale;
    const sales = this.#db.selectFrom("sales").selectAll().where("id", "=", saleId);
    const row = await sales.executeTakeFirstOrThrow();
    const { sale, rows } = this.#model;
    const { settings, ...numbers } = sale;
    expect({
      sold: row.sold,
      withheld: row.withheld,
      epoch: row.epoch,
      servedEpoch: row.served_epoch,
      revision: row.revision,
      revisionGiven: row.revision_given,
      fence: Number(row.fence),
      isClosed: row.closed_at !== null,
      allocated: row.allocated,
    }).toEqual({ ...numbers, allocated: settings.allocated });
    const orders = await this.#db.selectFrom("orders").selectAll().where("sale_id", "=", saleId).execute();
    const inRows = orders.map((order) => [
      order.id,
      { kind: order.state, unitsLeft: order.units_left, unitsWithheld: order.units_withheld },
    ]);
    const inModel = Object.entries(rows).map(([id, order]) => {
      const { kind, unitsLeft, unitsWithheld } = stateOf(order);
      return [id, { kind, unitsLeft, unitsWithheld }];
    });
    expect(Object.fromEntries(inRows)).toEqual(Object.fromEntries(inModel));
  }
}

const outcome = ({ recorded, stale }: Awaited<ReturnType<typeof recordOrders>>) =>
  stale.length > 0 ? { kind: "stale" } : { kind: "recorded", history: recorded[0]?.history };

const plain = (recording: Recording) =>
  recording.kind === "recorded" ? { kind: "recorded", history: recording.order.history } : recording;
