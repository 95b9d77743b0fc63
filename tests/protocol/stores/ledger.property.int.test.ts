import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { createLedger } from "../../../core/reservation/ledger.dynamo.ts";
import type { SaleEntry } from "../../../core/reservation/ledger.ts";
import type { ReservationEvent } from "../../../core/reservation/lifecycle.ts";
import { createSaleRecords } from "../../../core/sale/sale-record.dynamo.ts";
import { testStores } from "../../support/stores.ts";
import { testTables } from "../../support/test-aws.ts";
import { aReservation } from "../../support/test-reservation.ts";
import { aBuyer, aSale } from "../../support/test-sale.ts";
import { saleOf } from "../processes/administration.ts";
import { emptyLedger, type Ledger, ledgerOperations, entriesOf } from "./ledger.ts";
import { recordOf, saleRecordOperations } from "./sale-record.ts";

const stores = await testStores();
const dynamo = testTables(stores.dynamoEndpoint);
const ledger = createLedger(dynamo, stores.ledgerTable);
const records = createSaleRecords(dynamo, stores.ledgerTable);

const ORDERS = 4;
const anOrder = fc.nat(ORDERS - 1);
const epoch = fc.integer({ min: 1, max: 4 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant("put" as const), order: anOrder }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant("copy" as const), order: anOrder, events: fc.nat(3) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant("mark" as const), orders: fc.uniqueArray(anOrder), epoch }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("adopt" as const), order: anOrder, epoch }) },
);

/** What may become of an order of two units. */
const history = (rejects: boolean): readonly ReservationEvent[] =>
  rejects
    ? [{ kind: "rejected", id: "reject", number: 1, reason: "stale_epoch" }]
    : [{ kind: "confirmed", id: "confirm", number: 1 }, returned("wish-1", 2), returned("wish-2", 3)];

const returned = (id: string, number: number): ReservationEvent => ({
  kind: "returned",
  id,
  number,
  units: 1,
  isWithheld: number === 3,
  reason: "asked",
  actorId: "byr_1",
});

/** The model's outcome of a call. */
function after<Args>(
  operation: {
    readonly run: (args: Args, ...stores: never[]) => readonly { readonly next: readonly unknown[] }[];
  },
  args: Args,
  present: Ledger,
): Ledger {
  const [outcome] = operation.run(args, present as never);
  return outcome?.next[0] as Ledger;
}

const byId = (a: SaleEntry, b: SaleEntry) => (a.reservation.orderId < b.reservation.orderId ? -1 : 1);

test("the explorer's ledger holds what DynamoDB holds", async () => {
  const property = fc.asyncProperty(fc.array(step, { maxLength: 25, size: "max" }), async (steps) => {
    const { saleId } = aSale();
    const buyers = [aBuyer(), aBuyer()];
    const orders = Array.from({ length: ORDERS }, (_, index) =>
      aReservation({ saleId, buyerId: buyers[index % 2]!, quantity: 2, epoch: 1 + (index % 3) }),
    ) as [Reservation, ...Reservation[]];
    let model = emptyLedger;
    const counted = new Set<number>();
    for (const does of steps) {
      const some = "order" in does ? orders[does.order]! : orders[0];
      const { orderId } = some;
      switch (does.does) {
        case "put":
          await ledger.put(some);
          model = after(ledgerOperations.put, some, model);
          break;
        case "copy": {
          // Nothing becomes of an order that never came into the ledger.
          if (!model.entries[orderId]) break;
          const events = history(does.order === 3).slice(0, does.events);
          await ledger.copyEvents(events.map((event) => ({ reservation: some, event })));
          model = after(ledgerOperations.copyEvents, [{ orderId, events }], model);
          break;
        }
        case "mark": {
          // An epoch is counted once: each recovery has one of its own.
          if (counted.has(does.epoch)) break;
          counted.add(does.epoch);
          const marked = does.orders.map((index) => orders[index]!);
          await ledger.markCounted(saleId, marked, does.epoch);
          const orderIds = marked.map((order) => order.orderId);
          model = after(ledgerOperations.mark, { orderIds, epoch: does.epoch }, model);
          break;
        }
        case "adopt":
          await ledger.markAdopted(some, does.epoch);
          model = after(ledgerOperations.mark, { orderIds: [orderId], epoch: does.epoch }, model);
          break;
        default:
          does satisfies never;
      }
    }
    expect((await ledger.ofSale(saleId)).toSorted(byId)).toEqual(entriesOf(model).toSorted(byId));
    for (const order of orders)
      for (const marked of [1, 2, 3, 4])
        expect(await ledger.isMarked(order, marked)).toBe(model.marks[marked]?.[order.orderId] === true);
  });
  await fc.assert(property, { numRuns: 50 });
}, 120_000);

test("the explorer's sale record keeps what DynamoDB keeps", async () => {
  const version = fc.record({
    revision: fc.nat(3),
    epoch: fc.nat(3),
    allocated: fc.integer({ min: 1, max: 9 }),
  });
  const property = fc.asyncProperty(fc.array(version, { minLength: 1 }), async (versions) => {
    const { saleId } = aSale();
    const rowOf = ({ allocated, ...numbers }: (typeof versions)[number]) => ({
      ...numbers,
      fence: 0,
      isClosed: allocated === 9,
      settings: { state: "running" as const, allocated, purchaseLimit: 1, startsAtMs: 1, endsAtMs: null },
    });
    let model = recordOf(rowOf(versions[0]!));
    for (const [index, of] of versions.entries()) {
      await records.put({ ...saleOf(rowOf(of)), saleId });
      const [outcome] = saleRecordOperations.put.run(recordOf(rowOf(of)), model as never);
      if (index > 0) model = outcome?.next[0] as typeof model;
      const { allocated, revision, epoch: present, closedAtMs } = (await records.get(saleId))!;
      expect({ allocated, revision, epoch: present, isClosed: closedAtMs !== null }).toEqual({
        allocated: model.settings.allocated,
        revision: model.revision,
        epoch: model.epoch,
        isClosed: model.isClosed,
      });
    }
  });
  await fc.assert(property, { numRuns: 60 });
}, 60_000);
