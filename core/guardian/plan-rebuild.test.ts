import { expect, test } from "vitest";
import { authorisedBy, expired } from "../../tests/support/test-holds.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aBuyer, aSale } from "../../tests/support/test-sale.ts";
import type { OrderId } from "../ids.ts";
import { evolve, heldState, reservedState, stateAfter, stateFrom } from "../reservation/lifecycle.ts";
import type { SaleEntry } from "../reservation/ledger.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { planRebuild, type RebuildInput } from "./plan-rebuild.ts";

const { saleId } = aSale();
function entry(fields: Partial<Reservation>, rest: Partial<SaleEntry> = {}): SaleEntry {
  const reservation = aReservation({ saleId, ...fields });
  const { epoch, quantity } = reservation;
  return { reservation, countedEpoch: epoch, state: reservedState(quantity), ...rest };
}
const confirmedState = stateAfter(1, [{ kind: "confirmed", id: "confirm", number: 1 }]);
const rejectedState = stateAfter(1, [
  { kind: "rejected", id: "reject", number: 1, reason: "beyond_allocation" },
]);
const plan = (entries: SaleEntry[], input: Partial<RebuildInput> = {}) =>
  planRebuild({ entries, rows: new Map(), servedEpoch: 1, allocated: 10, purchaseLimit: 1, ...input });
const ids = (all: readonly { readonly orderId: OrderId }[]) => all.map((item) => item.orderId);

test("what was made in the served epoch is counted, and published again", () => {
  const first = entry({ place: 1 });
  const other = entry({ place: 2, quantity: 3, n: 1 });
  const made = plan([other, first], { purchaseLimit: 3 });
  expect(made).toMatchObject({ soldUnits: 4, places: 2, leftOut: [] });
  expect(ids(made.unsettled)).toEqual([first.reservation.orderId, other.reservation.orderId]);
});

test("what PostgreSQL confirmed is counted whatever its epoch, and not published again", () => {
  const confirmed = entry({ epoch: 1 });
  const rows = new Map([[confirmed.reservation.orderId, confirmedState]]);
  expect(plan([confirmed], { servedEpoch: 7, rows })).toMatchObject({
    soldUnits: 1,
    unsettled: [],
    leftOut: [],
  });
});

test("what PostgreSQL rejected is not counted, even where the ledger has not heard of it", () => {
  const rejected = entry({});
  const rows = new Map([[rejected.reservation.orderId, rejectedState]]);
  const made = plan([rejected], { rows });
  expect(made).toMatchObject({ soldUnits: 0, unsettled: [], leftOut: [] });
  // Its key stays, so that a replay is still answered.
  expect(made.buyers.get(rejected.reservation.buyerId)).toMatchObject([{ unitsLeft: 0, unitsWithheld: 0 }]);
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
  const marked = entry({ epoch: 1 }, { countedEpoch: 2 });
  const fresh = entry({ epoch: 1, place: 2 });
  expect(plan([marked, fresh], { servedEpoch: 1 })).toMatchObject({ soldUnits: 2, leftOut: [] });
});

test("a buyer's unit is counted once, the confirmed one before the earlier place", () => {
  const buyerId = aBuyer();
  const first = entry({ buyerId, place: 1 });
  const confirmed = entry({ buyerId, place: 2 }, { state: confirmedState });
  const made = plan([first, confirmed]);
  expect(ids(made.buyers.get(buyerId) ?? [])).toEqual([confirmed.reservation.orderId]);
  expect(ids(made.leftOut)).toEqual([first.reservation.orderId]);
});

test("never more is counted than allocated, unless PostgreSQL has confirmed it", () => {
  const entries = Array.from({ length: 5 }, (_, place) => entry({ place: place + 1 }));
  const made = plan(entries, { allocated: 3 });
  expect(made.soldUnits).toBe(3);
  expect(made.leftOut.map((reservation) => reservation.place)).toEqual([4, 5]);
  expect(made.places).toBe(5);
});

const returned = (id: string, number: number, isWithheld: boolean) =>
  ({ kind: "returned", id, number, units: 1, isWithheld, reason: "", actorId: "byr_1" }) as const;

test("units that came back are not counted as sold, and those taken off sale are not on sale", () => {
  const confirmed = { kind: "confirmed", id: "confirm", number: 1 } as const;
  const part = entry({ quantity: 3, place: 1 });
  const whole = entry({ place: 2 });
  const rows = new Map([
    [part.reservation.orderId, stateAfter(3, [confirmed, returned("a", 2, true), returned("b", 3, false)])],
    [whole.reservation.orderId, stateAfter(1, [confirmed, returned("a", 2, false)])],
  ]);
  const fresh = Array.from({ length: 3 }, (_, i) => entry({ place: i + 3 }));
  const made = plan([part, whole, ...fresh], { rows, allocated: 4, purchaseLimit: 3 });
  expect(made).toMatchObject({ soldUnits: 3, withheldUnits: 1 });
  expect(ids(made.leftOut)).toEqual([fresh[2]!.reservation.orderId]);
  expect(made.buyers.get(part.reservation.buyerId)).toMatchObject([{ unitsLeft: 1, unitsWithheld: 1 }]);
});

const DUE_MS = 1_000_000;
const hold = (fields: Partial<Reservation> = {}, rest: Partial<SaleEntry> = {}): SaleEntry => {
  const { reservation, ...found } = entry({ heldUntilMs: DUE_MS, ...fields });
  return { reservation, ...found, state: heldState(reservation.quantity), ...rest };
};
const paid = (quantity = 1) => stateFrom(heldState(quantity), [authorisedBy()]);

test("a hold of the served epoch, or one that a rebuild has marked, is held until the same instant", () => {
  const [made, marked] = [hold({ epoch: 2, quantity: 2 }), hold({ epoch: 1, place: 2 }, { countedEpoch: 2 })];
  const counted = plan([made, marked], { servedEpoch: 2, purchaseLimit: 2 });
  expect(counted).toMatchObject({ soldUnits: 0, heldUnits: 3, unpayable: [], leftOut: [], unsettled: [] });
  expect(ids(counted.holds)).toEqual([made.reservation.orderId, marked.reservation.orderId]);
  expect(counted.holds.every(({ dueMs }) => dueMs === DUE_MS)).toBe(true);
});

test("every other hold is not to be paid any more: of an older epoch, beyond the units, beyond the limit", () => {
  const buyerId = aBuyer();
  const old = hold({ epoch: 1 });
  const [first, second] = [hold({ epoch: 2, place: 2, buyerId }), hold({ epoch: 2, place: 3, buyerId })];
  const third = hold({ epoch: 2, place: 4 });
  const counted = plan([old, first, second, third], { servedEpoch: 2, allocated: 1 });
  expect(counted).toMatchObject({ heldUnits: 1, leftOut: [] });
  expect(counted.unpayable).toEqual([old, second, third]);
});

test("what was paid for is counted before what was not, and is due at once, so that it gets its row", () => {
  const [unpaid, authorised] = [hold({ place: 1 }), hold({ place: 2, epoch: 0 }, { state: paid() })];
  const counted = plan([unpaid, authorised], { allocated: 1 });
  expect(counted).toMatchObject({ heldUnits: 1, soldUnits: 0, unpayable: [unpaid] });
  expect(counted.holds).toMatchObject([{ orderId: authorised.reservation.orderId, dueMs: 0 }]);
});

test("a hold that has a row is what the row says: sold once it is placed", () => {
  const placed = hold({}, { state: paid() });
  const row = evolve(paid(), { kind: "placed", id: "place", number: 2 });
  const rows = new Map([[placed.reservation.orderId, row]]);
  expect(plan([placed], { rows })).toMatchObject({ heldUnits: 0, soldUnits: 1, holds: [] });
});

test("a hold that ended has no units, and its key is still answered", () => {
  const ended = hold({}, { state: stateFrom(heldState(1), [expired]) });
  const counted = plan([ended]);
  expect(counted).toMatchObject({ heldUnits: 0, soldUnits: 0, holds: [], unpayable: [] });
  expect(counted.buyers.get(ended.reservation.buyerId)).toMatchObject([{ unitsLeft: 0 }]);
});
