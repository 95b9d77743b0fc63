import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { parseReservation, type Reservation } from "../reservation/reservation.ts";
import { recordOrders } from "./record-orders.postgres.ts";
import { confirmed } from "./recorded-order.ts";

const stores = await testStores();
const { db, insert, rowsOf, soldOf } = testOrders(stores.databaseUrl);

/** Reservations by their shape, which PostgreSQL cannot take. */
const poisons: readonly [string, Partial<Reservation>][] = [
  ["a quantity past an integer", { quantity: 2 ** 31 }],
  ["a number past a double's whole numbers", { n: 1e300 }],
  ["a place past an integer", { place: 2 ** 31 }],
  ["a place past a double's whole numbers", { place: 1e300 }],
  ["a text with a zero character", { requestId: "request\u00001" }],
];

test.each(poisons)("%s is a reservation by its shape: it can come out of the queue", (_, fields) => {
  expect(() => parseReservation(JSON.stringify(aReservation(fields)))).not.toThrow();
});

describe.each(poisons)("%s", (_, fields) => {
  test("fails alone, at each position of a batch", async () => {
    for (let position = 0; position < 5; position++) {
      const { saleId } = await insert({ allocated: 10 });
      await recordOrders(db, [aReservation({ saleId, place: 9 })]);
      const batch = Array.from({ length: 4 }, (__, i) => aReservation({ saleId, place: i + 1 }));
      const poison = aReservation({ saleId, place: 5, ...fields });
      const together = batch.toSpliced(position, 0, poison);

      const { recorded, stale, failed } = await recordOrders(db, together);

      expect(failed.map((failure) => failure.reservation)).toEqual([poison]);
      expect(failed[0]?.error).toBeInstanceOf(Error);
      expect(recorded).toEqual(batch.map(confirmed));
      expect(stale).toEqual([]);
      expect(await soldOf(saleId)).toBe(5);
      expect(await rowsOf(saleId)).toHaveLength(5);
    }
  });
});

test("several poison orders among 100 fail, and the 95 others go in", async () => {
  const { saleId } = await insert({ allocated: 100 });
  const batch = Array.from({ length: 100 }, (_, i) => aReservation({ saleId, place: i + 1 }));
  for (const [index, [, fields]] of poisons.entries()) Object.assign(batch[index * 17]!, fields);
  const { recorded, failed } = await recordOrders(db, batch);
  expect(failed).toHaveLength(poisons.length);
  expect(recorded).toHaveLength(95);
  expect(await soldOf(saleId)).toBe(95);
});

test("a poison order is not told apart by luck: repeating it fails again and writes nothing", async () => {
  const { saleId } = await insert();
  const poison = aReservation({ saleId, quantity: 2 ** 31 });
  for (let time = 0; time < 3; time++) {
    const { recorded, failed } = await recordOrders(db, [poison]);
    expect([recorded.length, failed.length]).toEqual([0, 1]);
  }
  expect(await rowsOf(saleId)).toEqual([]);
});
