import { expect, test } from "vitest";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { hashKey } from "../purchase/key-hash.ts";
import { namesOf, parseReservation } from "./reservation.ts";

test("a reservation comes back from its JSON", () => {
  const reservation = aReservation();
  expect(parseReservation(JSON.stringify(reservation))).toEqual(reservation);
});

test("one that was written before there were traces is one still, and is named without", () => {
  const { traceId: _, ...older } = aReservation({ traceId: "trace-1" });
  expect(parseReservation(JSON.stringify(older))).toEqual(older);
  expect(Object.keys(namesOf(older))).toEqual(["saleId", "orderId", "requestId"]);
});

test.each([
  ["no JSON", "reservation"],
  ["null", "null"],
  ["an array", "[]"],
  ["a missing field", JSON.stringify({ ...aReservation(), place: undefined })],
  ["a number in words", JSON.stringify({ ...aReservation(), quantity: "1" })],
  ["no units", JSON.stringify({ ...aReservation(), quantity: 0 })],
  ["half a unit", JSON.stringify({ ...aReservation(), quantity: 0.5 })],
  ["a time past every calendar", JSON.stringify({ ...aReservation(), reservedAtMs: 8.64e15 + 1 })],
  ["another kind of id", JSON.stringify({ ...aReservation(), orderId: aReservation().buyerId })],
])("%s is not one", (_, text) => {
  expect(() => parseReservation(text)).toThrow();
});

test("a key's hash never changes: it lies in every store", () => {
  expect(hashKey("3f0c0f9e-6f2b-4d1c-9d57-0d4a3f6d1a11")).toBe("w09l5M5Dn8fjDmFO");
});
