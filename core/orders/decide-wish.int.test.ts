import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { kindOf, testOrders } from "../../tests/support/test-orders.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import type { Reservation } from "../reservation/reservation.ts";
import type { Wish } from "../reservation/wish.ts";
import { decideWish } from "./decide-wish.postgres.ts";
import { recordOrders } from "./record-orders.postgres.ts";

const stores = await testStores();
const { db, insert, rowsOf, soldOf } = testOrders(stores.databaseUrl);

const wishFor = (
  { saleId, orderId, buyerId }: Reservation,
  fields: Partial<Extract<Wish, { readonly wish: "return" }>> = {},
): Wish => ({
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
  ...fields,
});

/** A confirmed order of three units. */
async function anOrder(): Promise<Reservation> {
  const { saleId } = await insert({ allocated: 10, purchaseLimit: 3 });
  const reservation = aReservation({ saleId, quantity: 3 });
  await recordOrders(db, [reservation]);
  return reservation;
}

const withheldOf = async ({ saleId }: Reservation) =>
  (await db.selectFrom("sales").select("withheld").where("id", "=", saleId).executeTakeFirstOrThrow())
    .withheld;
const eventsOf = ({ orderId }: Reservation) =>
  db
    .selectFrom("order_events")
    .select(["number", "kind", "event_id"])
    .where("order_id", "=", orderId)
    .orderBy("number")
    .execute();

describe("a wish", () => {
  test("takes units back: order, event, buyer and sale move in one step", async () => {
    const order = await anOrder();
    const wish = wishFor(order, { units: 2, isWithheld: true });
    const decided = await decideWish(db, wish, order);
    expect(decided?.history).toMatchObject([
      { kind: "confirmed" },
      { kind: "returned", units: 2, number: 2 },
    ]);
    expect(await rowsOf(order.saleId)).toMatchObject([
      { state: "confirmed", units_left: 1, units_withheld: 2, event_number: 2 },
    ]);
    expect(await soldOf(order.saleId)).toBe(1);
    expect(await withheldOf(order)).toBe(2);
    expect(await eventsOf(order)).toEqual([
      { number: 1, kind: "confirmed", event_id: "confirm" },
      { number: 2, kind: "returned", event_id: wish.wishId },
    ]);
  });

  test("is decided once, however often it comes, also at once", async () => {
    const order = await anOrder();
    const wish = wishFor(order);
    const decided = await Promise.all(Array.from({ length: 8 }, () => decideWish(db, wish, order)));
    for (const decision of decided) expect(decision?.history).toHaveLength(2);
    expect(await soldOf(order.saleId)).toBe(2);
  });

  test("for more units than are left is refused on record, and moves nothing", async () => {
    const order = await anOrder();
    const wishes = [wishFor(order, { units: 2 }), wishFor(order, { units: 2 })];
    const [first, second] = [
      await decideWish(db, wishes[0]!, order),
      await decideWish(db, wishes[1]!, order),
    ];
    expect(first && kindOf(first)).toBe("confirmed");
    expect(second?.history.at(-1)).toMatchObject({ kind: "wish_refused", why: "too_many_units", number: 3 });
    expect(await soldOf(order.saleId)).toBe(1);
  });

  test("about all units leaves a returned order, whose buyer may have units again", async () => {
    const order = await anOrder();
    await decideWish(db, wishFor(order, { units: 3 }), order);
    expect(await rowsOf(order.saleId)).toMatchObject([{ state: "returned", units_left: 0 }]);
    const again = aReservation({ ...order, orderId: aReservation({ saleId: order.saleId }).orderId, n: 2 });
    expect((await recordOrders(db, [again])).recorded.map(kindOf)).toEqual(["confirmed"]);
    expect(await soldOf(order.saleId)).toBe(3);
  });

  test("about an order without a row waits", async () => {
    const { saleId } = await insert();
    const order = aReservation({ saleId });
    expect(await decideWish(db, wishFor(order), order)).toBeNull();
  });

  test("opens a closed sale to its guardian again, under a revision of its own", async () => {
    const order = await anOrder();
    await db.updateTable("sales").set({ closed_at: new Date() }).where("id", "=", order.saleId).execute();
    await decideWish(db, wishFor(order), order);
    const sale = await db
      .selectFrom("sales")
      .select(["closed_at", "revision", "revision_given"])
      .where("id", "=", order.saleId)
      .executeTakeFirstOrThrow();
    expect(sale).toEqual({ closed_at: null, revision: 2, revision_given: 2 });
  });
});

const move = ({ orderId }: Reservation, event: object) =>
  sql`select move_order(${orderId}, ${JSON.stringify(event)}::jsonb)`.execute(db);

describe("the database itself refuses", () => {
  const returned = { kind: "returned", id: "wish-1", number: 2, units: 1, isWithheld: false };

  test.each([
    ["more units than are left", { ...returned, units: 4 }, "units cannot come back"],
    ["no units", { ...returned, units: 0 }, "units cannot come back"],
    ["less than none", { ...returned, units: -1 }, "units cannot come back"],
    ["a number that does not follow", { ...returned, number: 3 }, "does not follow"],
    ["a second confirmation", { kind: "confirmed", id: "again", number: 2 }, "cannot be confirmed"],
    ["a rejection of what is confirmed", { kind: "rejected", id: "no", number: 2 }, "cannot be rejected"],
    ["a step that it does not know", { kind: "refunded", id: "no", number: 2 }, "nothing was taken"],
  ])("%s", async (_, event, message) => {
    const order = await anOrder();
    await expect(move(order, event)).rejects.toThrow(message);
    expect(await rowsOf(order.saleId)).toMatchObject([{ units_left: 3, event_number: 1 }]);
    expect(await eventsOf(order)).toHaveLength(1);
  });

  test("an order that is not there, and any free change by the functions' role", async () => {
    const order = await anOrder();
    await expect(move(aReservation(), returned)).rejects.toThrow("there is no order");
    for (const statement of [
      sql`update orders set units_left = 1 where id = ${order.orderId}`,
      sql`update buyer_units set units = 0 where sale_id = ${order.saleId}`,
      sql`update sales set sold = 0 where id = ${order.saleId}`,
      sql`delete from order_events where order_id = ${order.orderId}`,
      sql`insert into order_events (order_id, number, event_id, kind, detail) values ('x', 1, 'x', 'confirmed', '{}')`,
    ])
      await expect(statement.execute(db)).rejects.toMatchObject({ code: "42501" });
  });
});
