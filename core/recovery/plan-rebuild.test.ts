import { expect, test } from "vitest";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aBuyer, aSale } from "../../tests/support/test-sale.ts";
import type { SaleEntry } from "../ledger/ledger.ts";
import type { Reservation } from "../purchase/reservation.ts";
import { planRebuild, type RebuildInput } from "./plan-rebuild.ts";

const { saleId } = aSale();
const entry = (fields: Partial<Reservation>, rest: Partial<SaleEntry> = {}): SaleEntry => ({
  reservation: aReservation({ saleId, ...fields }),
  countedEpoch: 0,
  settlement: null,
  ...rest,
});
const plan = (entries: SaleEntry[], input: Partial<RebuildInput> = {}) =>
  planRebuild({ entries, rows: new Map(), servedEpoch: 1, allocated: 10, purchaseLimit: 1, ...input });
const ids = (all: readonly Reservation[]) => all.map((one) => one.orderId);

test("what was made in the served epoch is counted, and published again", () => {
  const one = entry({ place: 1 });
  const other = entry({ place: 2, quantity: 3, n: 1 });
  const made = plan([other, one], { purchaseLimit: 3 });
  expect(made).toMatchObject({ soldUnits: 4, places: 2, leftOut: [] });
  expect(ids(made.unsettled)).toEqual([one.reservation.orderId, other.reservation.orderId]);
});

test("what PostgreSQL confirmed is counted whatever its epoch, and not published again", () => {
  const one = entry({ epoch: 1 });
  const rows = new Map([[one.reservation.orderId, { state: "confirmed" } as const]]);
  expect(plan([one], { servedEpoch: 7, rows })).toMatchObject({ soldUnits: 1, unsettled: [], leftOut: [] });
});

test("what PostgreSQL rejected is not counted, even where the ledger has not heard of it", () => {
  const one = entry({});
  const rows = new Map([
    [one.reservation.orderId, { state: "rejected", reason: "beyond_allocation" } as const],
  ]);
  expect(plan([one], { rows })).toMatchObject({ soldUnits: 0, unsettled: [], leftOut: [] });
});

test("of an older epoch, only what a rebuild has marked is counted", () => {
  const late = entry({ epoch: 1, place: 1 });
  const promised = entry({ epoch: 1, place: 2 }, { countedEpoch: 2 });
  const made = plan([late, promised], { servedEpoch: 2 });
  expect(ids(made.unsettled)).toEqual([promised.reservation.orderId]);
  expect(ids(made.leftOut)).toEqual([late.reservation.orderId]);
  expect(made.soldUnits).toBe(1);
});

test("a half-done rebuild makes the next one forget nothing: marks above the served epoch count too", () => {
  const one = entry({ epoch: 1 }, { countedEpoch: 2 });
  const fresh = entry({ epoch: 1, place: 2 });
  expect(plan([one, fresh], { servedEpoch: 1 })).toMatchObject({ soldUnits: 2, leftOut: [] });
});

test("a buyer's unit is counted once, the confirmed one before the earlier place", () => {
  const buyerId = aBuyer();
  const first = entry({ buyerId, place: 1 });
  const confirmed = entry({ buyerId, place: 2 }, { settlement: { state: "confirmed" } });
  const made = plan([first, confirmed]);
  expect(ids(made.buyers.get(buyerId) ?? [])).toEqual([confirmed.reservation.orderId]);
  expect(ids(made.leftOut)).toEqual([first.reservation.orderId]);
});

test("never more is counted than allocated, unless PostgreSQL has confirmed it", () => {
  const entries = Array.from({ length: 5 }, (_, place) => entry({ place: place + 1 }));
  const made = plan(entries, { allocated: 3 });
  expect(made.soldUnits).toBe(3);
  expect(made.leftOut.map((one) => one.place)).toEqual([4, 5]);
  expect(made.places).toBe(5);
});
