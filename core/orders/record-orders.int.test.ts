import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { kindOf, testOrders } from "../../tests/support/test-orders.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aBuyer, NOW_MS } from "../../tests/support/test-sale.ts";
import type { SaleId } from "../ids.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { recordOrders } from "./record-orders.postgres.ts";
import { confirmed, rejected, rejectionOf } from "./recorded-order.ts";

const stores = await testStores();
const { db, insert, rowsOf, soldOf } = testOrders(stores.databaseUrl);

const orders = (saleId: SaleId, count: number, fields: Partial<Reservation> = {}) =>
  Array.from({ length: count }, (_, i) => aReservation({ saleId, place: i + 1, ...fields }));
const nothing = { recorded: [], stale: [], failed: [] };

describe("an order", () => {
  test("becomes one row with all that its reservation says", async () => {
    const { saleId } = await insert({ purchaseLimit: 3 });
    const reservation = aReservation({ saleId, quantity: 2, place: 7 });
    expect(await recordOrders(db, [reservation])).toEqual({ ...nothing, recorded: [confirmed(reservation)] });
    expect(await rowsOf(saleId)).toEqual([
      {
        id: reservation.orderId,
        captured_minor: "0",
        granted_minor: "0",
        refunded_minor: "0",
        sale_id: saleId,
        buyer_id: reservation.buyerId,
        n: 1,
        quantity: 2,
        place: 7,
        epoch: 1,
        state: "confirmed",
        rejected_reason: null,
        units_left: 2,
        units_withheld: 0,
        event_number: 1,
        request_id: "request-1",
        trace_id: "1-67891233-abcdef012345678912345678",
        reserved_at: new Date(NOW_MS),
        created_at: expect.any(Date) as Date,
      },
    ]);
    expect(await soldOf(saleId)).toBe(2);
  });

  test("that was reserved before there were traces has none", async () => {
    const { saleId } = await insert();
    const { traceId: _, ...older } = aReservation({ saleId });
    await recordOrders(db, [older, aReservation({ saleId, place: 2 })]);
    expect((await rowsOf(saleId)).map((row) => row.trace_id)).toEqual([null, expect.stringMatching(/^1-/)]);
  });

  test("recorded again is one row still, and the same answer", async () => {
    const { saleId } = await insert();
    const batch = orders(saleId, 3);
    const first = await recordOrders(db, batch);
    const before = await rowsOf(saleId);
    expect(await recordOrders(db, batch)).toEqual(first);
    expect(await rowsOf(saleId)).toEqual(before);
    expect(await soldOf(saleId)).toBe(3);
  });

  test("that is new goes in beside those that are repeated", async () => {
    const { saleId } = await insert();
    const batch = orders(saleId, 5);
    await recordOrders(db, [batch[1]!, batch[3]!]);
    const { recorded } = await recordOrders(db, batch);
    expect(new Set(recorded.map((order) => order.reservation.orderId))).toEqual(
      new Set(batch.map((reservation) => reservation.orderId)),
    );
    expect(recorded.every((order) => kindOf(order) === "confirmed")).toBe(true);
    expect(await soldOf(saleId)).toBe(5);
  });

  test("under another's id is a conflicting order, and the row stays its first owner's", async () => {
    const { saleId } = await insert({ purchaseLimit: 2 });
    const reservation = aReservation({ saleId });
    await recordOrders(db, [reservation]);
    for (const other of [
      { ...reservation, buyerId: aBuyer() },
      { ...reservation, quantity: 2 },
    ])
      expect(await recordOrders(db, [other])).toEqual({
        ...nothing,
        recorded: [rejected(other, "conflicting_order")],
      });
    expect(await rowsOf(saleId)).toMatchObject([
      { buyer_id: reservation.buyerId, quantity: 1, state: "confirmed" },
    ]);
    expect(await soldOf(saleId)).toBe(1);
  });

  test("of no sale fails, and its neighbours go in", async () => {
    const { saleId } = await insert();
    const [lost, reservation] = [aReservation(), aReservation({ saleId })];
    const { recorded, failed } = await recordOrders(db, [lost, reservation]);
    expect(recorded).toEqual([confirmed(reservation)]);
    expect(failed.map((failure) => failure.reservation)).toEqual([lost]);
  });

  test("of an older or newer epoch is stale, and writes nothing", async () => {
    const { saleId } = await insert({ epoch: 2 });
    const [old, present, ahead] = [1, 2, 3].map((epoch) => aReservation({ saleId, epoch })) as [
      Reservation,
      Reservation,
      Reservation,
    ];
    expect(await recordOrders(db, [old, present, ahead])).toEqual({
      ...nothing,
      recorded: [confirmed(present)],
      stale: [old, ahead],
    });
    expect(await soldOf(saleId)).toBe(1);
  });

  test("of an older epoch goes in once adopted, and is no longer stale when repeated", async () => {
    const { saleId } = await insert({ epoch: 2 });
    const old = aReservation({ saleId, epoch: 1 });
    const expected = { ...nothing, recorded: [confirmed(old)] };
    expect(await recordOrders(db, [old], new Map([[old.orderId, 2]]))).toEqual(expected);
    expect(await recordOrders(db, [old])).toEqual(expected);
    expect(await soldOf(saleId)).toBe(1);
  });
});

test("nothing to record is nothing to do", async () => {
  expect(await recordOrders(db, [])).toEqual(nothing);
});

describe("more than one sale may give", () => {
  test("exactly the allocation is confirmed and the rest rejected, in one batch or in many", async () => {
    for (const size of [1, 7, 40]) {
      const { saleId } = await insert({ allocated: 13 });
      const all = orders(saleId, 40);
      const recorded = [];
      for (let at = 0; at < all.length; at += size)
        recorded.push(...(await recordOrders(db, all.slice(at, at + size))).recorded);
      const states = recorded.map((order) => kindOf(order));
      expect(states.filter((state) => state === "confirmed")).toHaveLength(13);
      expect(recorded.filter((order) => kindOf(order) === "rejected")).toEqual(
        recorded.slice(13).map((order) => rejected(order.reservation, "beyond_allocation")),
      );
      expect(await soldOf(saleId)).toBe(13);
      expect(
        (await rowsOf(saleId)).filter((row) => row.rejected_reason === "beyond_allocation"),
      ).toHaveLength(27);
    }
  });

  test("with several units an order, those that fit go in and those that do not are rejected whole", async () => {
    const { saleId } = await insert({ allocated: 5, purchaseLimit: 2 });
    const quantities = [2, 2, 2, 1, 1];
    const batch = quantities.map((quantity, i) => aReservation({ saleId, quantity, place: i + 1 }));
    const { recorded } = await recordOrders(db, batch);
    expect(recorded.map(rejectionOf)).toEqual([null, null, "beyond_allocation", null, "beyond_allocation"]);
    expect(await soldOf(saleId)).toBe(5);
  });

  test("a rejected order stays rejected when it is repeated, also once there would be room", async () => {
    const { saleId } = await insert({ allocated: 1 });
    const [first, second] = orders(saleId, 2) as [Reservation, Reservation];
    await recordOrders(db, [first, second]);
    await db.updateTable("sales").set({ allocated: 9 }).where("id", "=", saleId).execute();
    expect((await recordOrders(db, [second])).recorded).toEqual([rejected(second, "beyond_allocation")]);
    expect(await soldOf(saleId)).toBe(1);
  });
});

describe("more than a buyer may have", () => {
  const over = "over_purchase_limit";

  test("a second order for the same unit of a buyer is rejected, with its reason in its row", async () => {
    const { saleId } = await insert();
    const buyerId = aBuyer();
    const [first, second] = orders(saleId, 2, { buyerId }) as [Reservation, Reservation];
    expect((await recordOrders(db, [first, second])).recorded).toEqual([
      confirmed(first),
      rejected(second, over),
    ]);
    expect(await rowsOf(saleId)).toMatchObject([
      { state: "confirmed", rejected_reason: null },
      { state: "rejected", rejected_reason: over },
    ]);
    expect(await soldOf(saleId)).toBe(1);
  });

  test("orders up to the limit go in, by their first unit; one beyond it does not, even under a free number", async () => {
    const { saleId } = await insert({ allocated: 20, purchaseLimit: 4 });
    const buyerId = aBuyer();
    const fits = [
      aReservation({ saleId, buyerId, n: 1, quantity: 3, place: 1 }),
      aReservation({ saleId, buyerId, n: 4, quantity: 1, place: 2 }),
    ];
    const beyond = aReservation({ saleId, buyerId, n: 5, quantity: 1, place: 3 });
    expect((await recordOrders(db, fits)).recorded).toEqual(fits.map(confirmed));
    expect((await recordOrders(db, [beyond])).recorded).toEqual([rejected(beyond, over)]);
    const tooMany = aReservation({ saleId, quantity: 5, place: 4 });
    expect((await recordOrders(db, [tooMany])).recorded).toEqual([rejected(tooMany, over)]);
    expect(await soldOf(saleId)).toBe(4);
  });

  test("one buyer's excess in a batch holds back none of the others", async () => {
    const { saleId } = await insert({ allocated: 100, purchaseLimit: 2 });
    const buyerId = aBuyer();
    const batch = [
      ...orders(saleId, 10),
      aReservation({ saleId, buyerId, n: 1, quantity: 2, place: 11 }),
      aReservation({ saleId, buyerId, n: 3, quantity: 1, place: 12 }),
      ...orders(saleId, 10),
    ];
    const { recorded } = await recordOrders(db, batch);
    expect(recorded.filter((order) => kindOf(order) === "rejected")).toEqual([rejected(batch[11]!, over)]);
    expect(await soldOf(saleId)).toBe(22);
  });

  test("a rejected order counts against nothing", async () => {
    const { saleId } = await insert({ allocated: 1, purchaseLimit: 2 });
    const buyerId = aBuyer();
    const tooMany = aReservation({ saleId, buyerId, quantity: 2, place: 1 });
    const fits = aReservation({ saleId, buyerId, quantity: 1, place: 2 });
    expect((await recordOrders(db, [tooMany])).recorded).toEqual([rejected(tooMany, "beyond_allocation")]);
    expect((await recordOrders(db, [fits])).recorded).toEqual([confirmed(fits)]);
    expect(await soldOf(saleId)).toBe(1);
  });
});
