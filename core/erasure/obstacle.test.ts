import { describe, expect, test } from "vitest";
import type { SaleId } from "../ids.ts";
import { obstacleOf, sessionsOverAtMs, type SaleStanding } from "./obstacle.ts";

const saleId = "sale_1" as SaleId;
const standing = (more: Partial<SaleStanding> = {}): SaleStanding => ({
  saleId,
  isClosed: true,
  orders: [],
  entries: 0,
  ...more,
});
const order = (state: SaleStanding["orders"][number]["state"], isPaymentOpen = false) => ({
  state,
  isPaymentOpen,
  isRefundOpen: false,
});

describe("a buyer's data", () => {
  test("may go when they never came, and once every sale that knows them is closed and every order at rest", () => {
    expect(obstacleOf([])).toBeNull();
    const states = ["confirmed", "rejected", "returned", "failed", "expired", "cancelled"] as const;
    expect(obstacleOf([standing({ orders: states.map((state) => order(state)), entries: 3 })])).toBeNull();
  });

  test("of a sale that is open and does not know them does not matter", () => {
    expect(obstacleOf([standing({ isClosed: false })])).toBeNull();
  });

  test.each([
    ["reserved", "open_order"],
    ["held", "open_hold"],
    ["authorised", "open_payment"],
    ["placed", "open_payment"],
  ] as const)("stays while an order is %s, even in a sale that was closed", (state, kind) => {
    expect(obstacleOf([standing(), standing({ orders: [order("confirmed"), order(state)] })])).toEqual({
      kind,
      saleId,
    });
  });

  test("stays while a payment is not at rest, whatever became of its order", () => {
    expect(obstacleOf([standing({ orders: [order("cancelled", true)] })])?.kind).toBe("open_payment");
  });

  test("stays while money is to go back, in a sale that was closed too", () => {
    const orders = [{ ...order("returned"), isRefundOpen: true }];
    expect(obstacleOf([standing({ orders })])).toEqual({ kind: "open_refund", saleId });
  });

  test("stays while the sale that they bought in, or whose line they stand in, is not closed", () => {
    expect(obstacleOf([standing({ isClosed: false, orders: [order("confirmed")] })])?.kind).toBe("open_sale");
    expect(obstacleOf([standing({ isClosed: false, entries: 1 })])?.kind).toBe("open_entry");
  });
});

describe("no session of a buyer can run any more", () => {
  const HOUR_MS = 3_600_000;

  test("an hour after the last one ends, whatever was asked when", () => {
    expect(sessionsOverAtMs(100, 5_000)).toBe(100 + HOUR_MS);
  });

  test("thirteen hours after the deletion was asked for, if none was noted", () => {
    expect(sessionsOverAtMs(null, 5_000)).toBe(5_000 + 13 * HOUR_MS);
  });

  test("of whom is gone", () => expect(sessionsOverAtMs(0, 5_000)).toBe(HOUR_MS));
});
