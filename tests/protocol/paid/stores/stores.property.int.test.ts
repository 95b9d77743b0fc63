import * as fc from "fast-check";
import { expect, test } from "vitest";
import { beginEpoch } from "../../../../core/guardian/recovery.postgres.ts";
import { decideReports } from "../../../../core/orders/decide-report.postgres.ts";
import { recordEnded } from "../../../../core/orders/record-ended.postgres.ts";
import { placeOrder } from "../../../../core/orders/place-order.postgres.ts";
import { createOpenPayments } from "../../../../core/payment/open-payments.dynamo.ts";
import { createLedger } from "../../../../core/reservation/ledger.dynamo.ts";
import { type Command, decide, type ReservationEvent } from "../../../../core/reservation/lifecycle.ts";
import type { Reservation } from "../../../../core/reservation/reservation.ts";
import { stateOf } from "../../../../core/reservation/state-of.ts";
import { testStores } from "../../../support/stores.ts";
import { testTables } from "../../../support/test-aws.ts";
import { testOrders } from "../../../support/test-orders.ts";
import { aReservation } from "../../../support/test-reservation.ts";
import { FAR_AHEAD_MS } from "../../../support/test-sale.ts";
import type { AnyOperation } from "../../engine/operation.ts";
import { allRules } from "../../rules.ts";
import { ledgerOperations } from "./ledger.ts";
import { postgresOperations, type Written } from "./postgres.ts";
import { ASKED, emptyPostgres, heldLedger, type Ledger, type Postgres, stateIn } from "./stores.ts";

const stores = await testStores();
const dynamo = testTables(stores.dynamoEndpoint);
const ledger = createLedger(dynamo, stores.ledgerTable);
const open = createOpenPayments(dynamo, stores.ledgerTable);
const { db, insert } = testOrders(stores.databaseUrl);

const aHold = (fields: Partial<Reservation> = {}) => aReservation({ heldUntilMs: FAR_AHEAD_MS, ...fields });
const paymentOf = (attempt: number) => ({ ...ASKED, paymentId: String(attempt) });

/** What a hold can be left by. */
const ways: readonly Command[] = [
  { kind: "expire" },
  { kind: "cancel", actorId: aHold().buyerId },
  { kind: "reject", reason: "stale_epoch" },
  { kind: "authorise", payment: paymentOf(1) },
  { kind: "authorise", payment: paymentOf(2) },
];
function eventsOf(history: readonly ReservationEvent[], command: Command): readonly ReservationEvent[] {
  const decision = decide(command, stateIn(history));
  if (decision.kind !== "events") throw new Error(`${command.kind} was refused`);
  return decision.events;
}

/** A step of a model. */
function after<Store>(operation: AnyOperation, args: unknown, store: Store): readonly [unknown, Store] {
  const [made] = operation.run(args, store as never);
  return [made!.reply, made!.next[0] as Store];
}

const does = <const Does extends string>(name: Does) => fc.constant(name);
const attempt = fc.constantFrom(1, 2);
const ledgerStep = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: does("decide"), way: fc.nat(ways.length - 1) }) },
  { weight: 2, arbitrary: fc.record({ does: does("copy"), isConfirmed: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom("open", "name"), attempt }) },
  { weight: 2, arbitrary: fc.record({ does: does("mark"), epoch: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom("list", "unlist") }) },
);
type LedgerStep = typeof ledgerStep extends fc.Arbitrary<infer Value> ? Value : never;

function expectSame<Store>([reply, next]: readonly [unknown, Store], real: unknown): Store {
  expect(real).toEqual(reply);
  return next;
}

/** Takes a step in both ledgers. */
async function inBoth(hold: Reservation, model: Ledger, step: LedgerStep): Promise<Ledger> {
  const operations = ledgerOperations(allRules);
  const { orderId, buyerId } = hold;
  switch (step.does) {
    case "decide": {
      const [event] = eventsOf([], ways[step.way]!);
      const there = await ledger.decideHold(hold, event!);
      return expectSame(after(operations.decideHold, event, model), there);
    }
    case "copy": {
      // Copies of what PostgreSQL has decided on an order that was paid for.
      if (stateIn(model.events).kind !== "authorised") return model;
      const placed = [...model.events, ...eventsOf(model.events, { kind: "place" })];
      const history = step.isConfirmed ? [...placed, ...eventsOf(placed, { kind: "confirm" })] : placed;
      await ledger.copyEvents(history.map((event) => ({ reservation: hold, event })));
      return after(operations.copy, history, model)[1];
    }
    case "open": {
      const terms = { openedAtMs: 1, name: "Sneaker", locale: "en", returnUrl: "/" } as const;
      const written = await ledger.openPayment(hold, { attempt: step.attempt, ...ASKED, ...terms });
      return expectSame(after(operations.openPayment, String(step.attempt), model), written);
    }
    case "name":
      // A name is known of what was opened alone.
      if (!model.attempts[step.attempt]) return model;
      await ledger.namePayment(hold, step.attempt, String(step.attempt));
      return after(operations.namePayment, String(step.attempt), model)[1];
    case "mark":
      await ledger.markAdopted(hold, step.epoch);
      return after(operations.mark, step.epoch, model)[1];
    case "list":
      await open.add({ orderId, buyerId }, 1);
      return after(operations.list, null, model)[1];
    case "unlist":
      await open.remove(orderId);
      return after(operations.unlist, null, model)[1];
    default:
      return step satisfies never;
  }
}

test("the explorer's ledger of a hold holds what DynamoDB holds", async () => {
  const property = fc.asyncProperty(fc.array(ledgerStep, { maxLength: 12, size: "max" }), async (steps) => {
    const hold = aHold();
    await ledger.put(hold);
    let model = heldLedger;
    for (const step of steps) model = await inBoth(hold, model, step);
    const entry = (await ledger.get(hold.orderId, hold.buyerId))!;
    expect(entry.history ?? []).toEqual(model.events);
    expect(entry.state.kind).toBe(stateIn(model.events).kind);
    const attempts = (entry.payments ?? []).map((each) => [
      String(each.attempt),
      each.paymentId ? "named" : "opened",
    ]);
    expect(Object.fromEntries(attempts)).toEqual(model.attempts);
    for (const epoch of [1, 2, 3])
      expect(await ledger.isMarked(hold, epoch)).toBe(model.marks.includes(epoch));
    const listed = (await open.all()).some(({ orderId }) => orderId === hold.orderId);
    expect(listed).toBe(model.isListed);
    await open.remove(hold.orderId);
  });
  await fc.assert(property, { numRuns: 20 });
}, 60_000);

const ordersStep = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      does: does("place"),
      word: fc.option(fc.record({ isCounted: fc.boolean(), epoch: fc.integer({ min: 1, max: 3 }) })),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: does("report"), isCaptured: fc.boolean(), attempt }) },
  { weight: 1, arbitrary: fc.record({ does: does("begin_epoch") }) },
  { weight: 1, arbitrary: fc.record({ does: does("record_ended") }) },
);

const kindsIn = (written: Written | null) =>
  typeof written === "string" || written === null ? written : written.map(({ kind }) => kind);

test("the explorer's PostgreSQL decides on a paid order what the real one decides", async () => {
  const property = fc.asyncProperty(fc.array(ordersStep, { maxLength: 10, size: "max" }), async (steps) => {
    const { saleId } = await insert({ payment: { kind: "held", holdSeconds: 60 }, allocated: 1 });
    const reservation = aHold({ saleId });
    const first = eventsOf([], { kind: "authorise", payment: paymentOf(1) })[0]!;
    let model: Postgres = emptyPostgres;
    const run = (name: keyof typeof postgresOperations, args: unknown): unknown => {
      const [reply, next] = after(postgresOperations[name], args, model);
      model = next;
      return reply;
    };
    for (const step of steps) {
      if (step.does === "begin_epoch") {
        expect(await beginEpoch(db, saleId, 0)).toEqual(run("beginEpoch", null));
        continue;
      }
      if (step.does === "record_ended") {
        const [ended] = eventsOf([], { kind: "expire" });
        const [recorded] = await recordEnded(db, [{ reservation, events: [ended!] }]);
        expect(kindsIn(recorded?.history ?? null)).toEqual(kindsIn(run("recordEnded", ended) as Written));
        continue;
      }
      if (step.does === "place") {
        const { word } = step;
        const placed = await placeOrder(db, { reservation, events: [first] }, word);
        const written = placed === "stale" ? placed : placed.history;
        expect(kindsIn(written)).toEqual(kindsIn(run("place", { first, word }) as Written));
        continue;
      }
      const command = step.isCaptured ? { kind: "confirm" } : { kind: "fail", why: "capture_refused" };
      const { orderId, buyerId, requestId } = reservation;
      const names = { saleId, orderId, buyerId, requestId, paymentId: String(step.attempt) };
      const report = step.isCaptured
        ? ({ payment: "captured", ...names } as const)
        : ({ payment: "failed", why: "capture_refused", ...names } as const);
      const decided = (await decideReports(db, [{ report, reservation }])).get(orderId);
      const written = !decided ? "no row" : decided.isRefused ? "refused" : decided.order.history;
      const expected = run("report", { command, paymentId: names.paymentId }) as Written;
      expect(kindsIn(written)).toEqual(kindsIn(expected));
    }
    const row = await db
      .selectFrom("orders")
      .selectAll()
      .where("id", "=", reservation.orderId)
      .executeTakeFirst();
    expect(row?.state ?? null).toBe(model.row && stateOf(reservation, model.row).kind);
  });
  await fc.assert(property, { numRuns: 20 });
}, 60_000);
