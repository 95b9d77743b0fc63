import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { gateOn, reservationOf } from "../../tests/gate/test-gate.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { expired } from "../../tests/support/test-holds.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { waitFor } from "../../tests/support/wait-for.ts";
import { type Numbered, numberEvents } from "../events/feed.postgres.ts";
import { createGateContents } from "../gate/gate-contents.redis.ts";
import type { OrderId } from "../ids.ts";
import { recordEnded } from "../orders/record-ended.postgres.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import { createLedger } from "../reservation/ledger.dynamo.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { type HoldDependencies, holdDuty } from "./duties/hold-duty.ts";

const stores = await testStores();
const ledger = createLedger(testTables(stores.dynamoEndpoint), stores.ledgerTable);
const redis = new Redis(stores.redisUrl);
afterAll(() => redis.disconnect());
const { gate, load, reserve } = gateOn(redis);
const contents = createGateContents(redis);
const { db, insert } = testOrders(stores.databaseUrl);

async function scene() {
  const sale = await load(await insert({ allocated: 10, payment: { kind: "held", holdSeconds: 60 } }));
  const reads: OrderId[] = [];
  const deps: HoldDependencies = {
    db,
    contents,
    ledger: {
      get: (orderId, buyerId) => {
        reads.push(orderId);
        return ledger.get(orderId, buyerId);
      },
    },
    warn: (what, details) => expect.fail(`${what} ${JSON.stringify(details)}`),
  };
  const hold = async (isInLedger = true): Promise<Reservation> => {
    const reservation = reservationOf(await reserve(sale.saleId));
    if (isInLedger) await ledger.put(reservation);
    return reservation;
  };
  const look = async (duty: ReturnType<typeof holdDuty>) => {
    const view = await gate.inspect(sale.saleId);
    if (view.kind === "lost") throw new Error("the gate is lost");
    const of = { ...sale, sold: 0, withheld: 0 };
    await duty({ sale: of, view, fence: 1, comparison: null, isSettled: false });
  };
  return { ...sale, hold, look, reads, newDuty: () => holdDuty(deps) };
}

/** What is told from now on; other test files' transactions may hold it up. */
async function newEvents(count: number): Promise<Numbered[]> {
  const all: Numbered[] = [];
  await waitFor(`${count} events`, async () => {
    await numberEvents(db, async (_trx, events) => void all.push(...events));
    return all.length >= count;
  });
  return all;
}
const asText = (events: readonly Numbered[]) => events.map(({ type, stream }) => `${type} ${stream}`);
const ended = (reservation: Reservation, event: ReservationEvent = expired) =>
  recordEnded(db, [{ reservation, events: [event] }]);

test("a hold is told of while it is open, once, whoever looks, and its end behind it", async () => {
  const { hold, look, newDuty, reads } = await scene();
  const [first, duty] = [await hold(), newDuty()];
  await look(duty);
  const [event] = await newEvents(1);
  expect(event).toMatchObject({
    id: `evt_${first.orderId.slice(4)}_0`,
    type: "order.held",
    data: { orderId: first.orderId, buyerId: first.buyerId, quantity: 1, unitsLeft: 1, number: 0 },
  });
  const second = await hold();
  for (let again = 0; again < 3; again++) await look(duty);
  await look(newDuty());
  expect(asText(await newEvents(1))).toEqual([`order.held ${second.orderId}`]);
  expect(reads).toEqual([first.orderId, second.orderId]);
  await ended(first);
  await ended(second, { kind: "rejected", id: "reject", number: 1, reason: "beyond_allocation" });
  expect(asText(await newEvents(2))).toEqual([
    `order.expired ${first.orderId}`,
    `order.rejected ${second.orderId}`,
  ]);
});

test("a hold that the ledger does not have yet is told of once it has, and holds up no other", async () => {
  const { hold, look, newDuty } = await scene();
  const [late, duty] = [await hold(false), newDuty()];
  const other = await hold();
  await look(duty);
  expect(asText(await newEvents(1))).toEqual([`order.held ${other.orderId}`]);
  await ledger.put(late);
  await look(duty);
  expect(asText(await newEvents(1))).toEqual([`order.held ${late.orderId}`]);
});

test("nobody hears of a hold behind its end", async () => {
  const { hold, look, newDuty } = await scene();
  const [gone, ghost, unseen] = [await hold(), await hold(), await hold()];
  await ended(gone);
  await ended(ghost, { kind: "rejected", id: "reject", number: 1, reason: "beyond_allocation" });
  await look(newDuty());
  const events = asText(await newEvents(4));
  expect(events.filter((event) => event.endsWith(gone.orderId))).toEqual([
    `order.held ${gone.orderId}`,
    `order.expired ${gone.orderId}`,
  ]);
  expect(events.filter((event) => event.endsWith(ghost.orderId))).toEqual([
    `order.rejected ${ghost.orderId}`,
  ]);
  expect(events).toContain(`order.held ${unseen.orderId}`);
  expect(events).toHaveLength(4);
});
