import { sql } from "kysely";
import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { waitFor } from "../../tests/support/wait-for.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { NOW_MS } from "../../tests/support/test-sale.ts";
import { migrate } from "../postgres/migrate.ts";
import { functionsUrl } from "../../local/functions-url.ts";
import { connectDatabase } from "../postgres/connect.postgres.ts";
import { appendEvent } from "../orders/append-event.postgres.ts";
import { recordEnded } from "../orders/record-ended.postgres.ts";
import { recordOrders } from "../orders/record-orders.postgres.ts";
import { type Numbered, numberEvents, readFeed } from "./feed.postgres.ts";
import { tellOpened, tellSale } from "./tell-sale.postgres.ts";

const stores = await testStores();
const { db, insert } = testOrders(stores.databaseUrl);

/**
 * Numbers until there are so many new events. The server is shared with other test files, whose transactions hold up what is
 * later than theirs.
 */
async function numbered(count: number): Promise<Numbered[]> {
  const all: Numbered[] = [];
  await waitFor(`${count} events`, async () => {
    await numberEvents(db, async (_trx, events) => void all.push(...events));
    return all.length >= count;
  });
  return all;
}
const typesOf = (events: readonly Numbered[]) => events.map(({ type }) => type);

const anOrder = (saleId: Awaited<ReturnType<typeof insert>>["saleId"], place: number) =>
  aReservation({ saleId, place });

test("orders are told of by their transaction, in order and without a gap, and once", async () => {
  const { saleId } = await insert({ allocated: 2, purchaseLimit: 2 });
  const [first, second] = [anOrder(saleId, 1), anOrder(saleId, 2)];
  await recordOrders(db, [first]);
  await recordOrders(db, [second]);
  const events = await numbered(3);
  expect(typesOf(events)).toEqual(["order.confirmed", "order.confirmed", "sale.sold_out"]);
  expect(events.map(({ stream }) => stream)).toEqual([first.orderId, second.orderId, saleId]);
  expect(events.map(({ position }) => position - events[0]!.position)).toEqual([0, 1, 2]);
  // The same messages again change nothing.
  await recordOrders(db, [first, second]);
  await db.transaction().execute((trx) => tellSale(trx, saleId, "ended", 3));
  expect(typesOf(await numbered(1))).toEqual(["sale.ended"]);
});

test("holds that ended unpaid are told of behind the hold itself, and once", async () => {
  const { saleId } = await insert({ allocated: 2 });
  const ended = (
    [
      ["expired", 1],
      ["cancelled", 2],
    ] as const
  ).map(([kind, place]) => ({
    reservation: anOrder(saleId, place),
    events: [
      kind === "expired"
        ? ({ kind, id: "expire", number: 1 } as const)
        : ({ kind, id: "cancel", number: 1, actorId: "byr_01J9ZQ4Z6XWT9YV3W3V9K8M2QF" } as const),
    ],
  }));
  await recordEnded(db, ended);
  await recordEnded(db, ended);
  const events = await numbered(4);
  expect(new Set(events.map(({ type, stream }) => `${type} ${stream}`))).toEqual(
    new Set(
      ended.flatMap(({ reservation: { orderId }, events: [event] }) => [
        `order.held ${orderId}`,
        `order.${event!.kind} ${orderId}`,
      ]),
    ),
  );
  expect(events.map(({ data }) => data["unitsLeft"])).toEqual([1, 0, 1, 0]);
});

test("a sold-out sale is told to be on sale again when units come back, and to have sold out again", async () => {
  const { saleId } = await insert({ allocated: 1 });
  const [first, second] = [anOrder(saleId, 1), anOrder(saleId, 2)];
  await recordOrders(db, [first]);
  await db.transaction().execute((trx) =>
    appendEvent(trx, first, {
      kind: "returned",
      id: "wish-1",
      number: 2,
      units: 1,
      isWithheld: false,
      reason: "broken",
      actorId: "a",
    }),
  );
  await recordOrders(db, [second]);
  const events = await numbered(6);
  expect(typesOf(events)).toEqual([
    "order.confirmed",
    "sale.sold_out",
    "order.returned",
    "sale.restocked",
    "order.confirmed",
    "sale.sold_out",
  ]);
  expect(events[2]?.data).toMatchObject({ units: 1, unitsLeft: 0, reason: "broken", number: 2 });
  expect(new Set(events.map(({ id }) => id)).size).toBe(6);
});

test("what a slow transaction has written earlier is not passed over by what was committed before it", async () => {
  const { saleId } = await insert();
  const slow = await db.startTransaction().execute();
  await tellSale(slow, saleId, "paused", 7);
  await db.transaction().execute((trx) => tellSale(trx, saleId, "resumed", 8));
  // Nobody can know yet what the slow one has written: whatever came later waits.
  expect(await numbered(0)).toEqual([]);
  await slow.commit().execute();
  expect(typesOf(await numbered(2))).toEqual(["sale.paused", "sale.resumed"]);
});

test("several that number at once give each event one position", async () => {
  const { saleId } = await insert({ allocated: 40 });
  await recordOrders(
    db,
    Array.from({ length: 30 }, (_none, index) => anOrder(saleId, index + 1)),
  );
  const found: Numbered[] = [];
  await waitFor("all events", async () => {
    await Promise.all(
      Array.from({ length: 4 }, () => numberEvents(db, async (_trx, events) => void found.push(...events))),
    );
    return found.length >= 30;
  });
  expect(new Set(found.map(({ id }) => id)).size).toBe(30);
  expect(found).toHaveLength(30);
  const { rows } = await sql<{ gaps: number }>`
    select (max(position) - count(*))::int as gaps from events`.execute(db);
  expect(rows[0]?.gaps).toBe(0);
});

test("a sale whose time has come is told to have opened, once; a draft and one of long ago are not", async () => {
  const startsAtMs = NOW_MS - 1_000;
  const sales = await Promise.all([
    insert({ startsAtMs, epoch: 1 }),
    insert({ startsAtMs, epoch: 0, visibility: "draft" }),
    insert({ startsAtMs: NOW_MS + 1_000, epoch: 1 }),
    insert({ startsAtMs: NOW_MS - 7 * 86_400_000, epoch: 1 }),
  ]);
  for (let i = 0; i < 2; i++) await tellOpened(db, new Date(NOW_MS));
  const opened = (await numbered(1)).filter(({ type }) => type === "sale.opened");
  expect(opened.map(({ stream }) => stream)).toEqual([sales[0].saleId]);
});

test("the feed is read page by page, and goes on where it ended", async () => {
  const { saleId } = await insert();
  for (const revision of [1, 2, 3])
    await db.transaction().execute((trx) => tellSale(trx, saleId, "paused", revision));
  const [first] = await numbered(3);
  const page = await readFeed(db, { after: first!.position - 1, limit: 2 });
  expect(page).toMatchObject({ next: first!.position + 1, hasMore: true });
  const rest = await readFeed(db, { after: page.next, limit: 2 });
  expect(rest).toMatchObject({ next: first!.position + 2, hasMore: false });
  expect(await readFeed(db, { after: rest.next, limit: 2 })).toEqual({
    events: [],
    next: rest.next,
    hasMore: false,
  });
});

test("in another server, whose transaction ids begin anew, the feed goes on where it was", async () => {
  const { saleId } = await insert();
  const tell = (revision: number) =>
    db.transaction().execute((trx) => tellSale(trx, saleId, "paused", revision));
  await tell(101);
  await numbered(1);
  await tell(102);
  const owner = connectDatabase(stores.databaseUrl);
  // As a dump of an older server is: what was numbered, the feed itself, and what was not numbered yet.
  await sql`update sale_events set tx = case when event_id = 'paused_102' then '9000000001'::xid8 else '9000000000'::xid8 end`.execute(
    owner,
  );
  await sql`update order_events set tx = '9000000000'`.execute(owner);
  await sql`update event_feed set tx = '9000000000', seq = (select max(seq) from sale_events)`.execute(owner);
  await owner.destroy();
  await tell(103);
  await migrate(stores.databaseUrl, functionsUrl(stores.databaseUrl));
  await tell(104);
  // 102 was not numbered by the old server, and 103 was written under the new ids before anybody looked.
  expect((await numbered(3)).map(({ id }) => id.slice(-3)).toSorted()).toEqual(["102", "103", "104"]);
  await migrate(stores.databaseUrl, functionsUrl(stores.databaseUrl));
  await tell(105);
  expect((await numbered(1)).map(({ id }) => id.slice(-3))).toEqual(["105"]);
});

test("a rehearsal is told to nobody", async () => {
  const { saleId } = await insert({ currency: "XTS" });
  const real = await insert();
  await recordOrders(db, [anOrder(saleId, 1)]);
  await db.transaction().execute((trx) => tellSale(trx, saleId, "paused", 1));
  await db.transaction().execute((trx) => tellSale(trx, real.saleId, "ended", 2));
  expect((await numbered(1)).map(({ stream }) => stream)).toEqual([real.saleId]);
});
