import { expect, test } from "vitest";
import { authorisedBy, expired } from "../../tests/support/test-holds.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aSale } from "../../tests/support/test-sale.ts";
import { heldState, reservedState, stateFrom } from "../reservation/lifecycle.ts";
import type { Facts } from "./facts.ts";
import { reconcile } from "./reconcile.ts";
import { isSettled } from "./report.ts";
import { reportCsv } from "./report-csv.ts";

const { saleId } = aSale();
const [first, second] = [aReservation({ saleId, place: 1 }), aReservation({ saleId, place: 2, quantity: 2 })];
const asOrder = ({ orderId, buyerId, quantity, place, keyHash }: typeof first) => ({
  orderId,
  buyerId,
  quantity,
  place,
  keyHash,
  unitsLeft: quantity,
  unitsWithheld: 0,
});
const asRow = ({ orderId, buyerId, quantity, requestId }: typeof first) => ({
  orderId,
  buyerId,
  quantity,
  unitsLeft: quantity,
  unitsWithheld: 0,
  requestId,
  state: "confirmed" as const,
  capturedMinor: 0,
  refundedMinor: 0,
});

/** Two orders of three units, everywhere alike. */
const agreed: Facts = {
  orders: [asRow(first), asRow(second)],
  refunds: [],
  soldInOrders: 3,
  servedEpoch: 1,
  ledger: [first, second].map((reservation) => ({
    reservation,
    countedEpoch: 1,
    state: reservedState(reservation.quantity),
  })),
  gateOrders: [asOrder(first), asOrder(second)],
  outbox: [],
  stock: { allocated: 10, available: 7, held: 0, sold: 3, withheld: 0 },
  queue: { waiting: 0, inFlight: 0 },
  deadLetters: 0,
  nowMs: first.reservedAtMs + 60_000,
};
const broken = (facts: Partial<Facts>) => {
  const report = reconcile({ ...agreed, ...facts });
  return {
    ...report,
    names: report.identities.filter((identity) => !identity.holds).map((identity) => identity.name),
    kinds: report.differences.map((difference) => difference.kind),
  };
};

test("stores that agree have no drift, and every identity holds", () => {
  expect(broken({})).toMatchObject({ names: [], kinds: [], driftUnits: 0, inFlight: 0 });
});

test("an order on its way is no drift: in the outbox, or in the queue", () => {
  expect(
    broken({
      ledger: agreed.ledger.slice(0, 1),
      orders: agreed.orders.slice(0, 1),
      soldInOrders: 1,
      outbox: [second.orderId],
    }),
  ).toMatchObject({ names: [], kinds: [], driftUnits: 0, inFlight: 1 });
  expect(
    broken({ orders: agreed.orders.slice(0, 1), soldInOrders: 1, queue: { waiting: 1, inFlight: 0 } }),
  ).toMatchObject({ names: [], kinds: [], driftUnits: 0, inFlight: 1 });
});

test("an entry without an order, with nothing on the way, is named once it is overdue", () => {
  const facts = { orders: agreed.orders.slice(0, 1), soldInOrders: 1 };
  expect(broken(facts)).toMatchObject({ kinds: ["without_order"], driftUnits: 0 });
  expect(broken({ ...facts, nowMs: first.reservedAtMs + 1_000 }).kinds).toEqual([]);
});

test("units that only the gate knows are drift", () => {
  const report = broken({
    ledger: agreed.ledger.slice(0, 1),
    orders: agreed.orders.slice(0, 1),
    soldInOrders: 1,
  });
  expect(report).toMatchObject({
    kinds: ["gate_only"],
    driftUnits: 2,
    names: ["gate = ledger + outbox + to be given back"],
  });
});

test("a reservation that the gate does not count is drift", () => {
  const report = broken({ gateOrders: agreed.gateOrders.slice(0, 1) });
  expect(report).toMatchObject({ kinds: ["missing_in_gate"], driftUnits: 2 });
  expect(report.names).toContain("sold in the gate = units of its buyers");
});

test("one of an older epoch that nobody counted is undecided, not drift", () => {
  const facts = {
    gateOrders: agreed.gateOrders.slice(0, 1),
    orders: agreed.orders.slice(0, 1),
    soldInOrders: 1,
  };
  const report = broken({
    ...facts,
    stock: { allocated: 10, available: 9, held: 0, sold: 1, withheld: 0 },
    servedEpoch: 2,
    ledger: [{ ...agreed.ledger[0]!, countedEpoch: 2 }, agreed.ledger[1]!],
  });
  expect(report).toMatchObject({ names: [], kinds: ["undecided"], driftUnits: 0, undecided: 1 });
});

test("an order row without a ledger entry is drift, traced to its request", () => {
  const report = broken({ ledger: agreed.ledger.slice(0, 1) });
  expect(report.differences).toContainEqual({
    orderId: second.orderId,
    quantity: 2,
    kind: "order_without_entry",
    requestId: second.requestId,
  });
});

test("a counter beside the rows that differs breaks its identity", () => {
  expect(broken({ soldInOrders: 4 }).names).toEqual(["sales.sold = order rows"]);
  expect(broken({ stock: { ...agreed.stock, available: 8 } }).names).toEqual([
    "available + held + sold + withheld = allocated",
  ]);
});

test("units that PostgreSQL took back and the gate still counts are to be given back, no drift", () => {
  const rejected = { ...asRow(second), state: "rejected" as const, unitsLeft: 0 };
  expect(broken({ orders: [asRow(first), rejected], soldInOrders: 1 })).toMatchObject({
    names: [],
    kinds: ["not_given_back"],
    driftUnits: 0,
    rejected: 1,
  });
  const partly = { ...asRow(second), unitsLeft: 1, unitsWithheld: 1 };
  const report = broken({ orders: [asRow(first), partly], soldInOrders: 2 });
  expect(report).toMatchObject({ names: [], kinds: ["not_given_back"], driftUnits: 0 });
  expect(report.differences[0]).toMatchObject({ orderId: second.orderId, quantity: 1 });
});

test("once the gate was told, nothing differs; withheld units that the rows do not have break an identity", () => {
  const facts = {
    orders: [asRow(first), { ...asRow(second), unitsLeft: 1, unitsWithheld: 1 }],
    soldInOrders: 2,
    gateOrders: [asOrder(first), { ...asOrder(second), unitsLeft: 1, unitsWithheld: 1 }],
    stock: { allocated: 10, available: 7, held: 0, sold: 2, withheld: 1 },
  };
  expect(broken(facts)).toMatchObject({ names: [], kinds: [], driftUnits: 0 });
  const stock = { ...facts.stock, available: 8, withheld: 0 };
  expect(broken({ ...facts, stock }).names).toEqual(["withheld in the gate = order rows"]);
});

test("the CSV has a line for each identity and each differing order", () => {
  const lines = reportCsv(reconcile({ ...agreed, ledger: agreed.ledger.slice(0, 1) })).split("\r\n");
  expect(lines[0]).toBe("identity,left,right,holds");
  expect(lines).toContain("sales.sold = order rows,3,3,true");
  expect(lines).toContain(`${second.orderId},order_without_entry,2,${second.requestId}`);
});

/** The second order is a hold of two units, of which nobody has decided. */
const held = { ...second, heldUntilMs: second.reservedAtMs + 600_000 };
const withHold = (state = heldState(2), more: Partial<Facts> = {}): Partial<Facts> => ({
  orders: agreed.orders.slice(0, 1),
  soldInOrders: 1,
  ledger: [agreed.ledger[0]!, { reservation: held, countedEpoch: 1, state, history: [] }],
  stock: { allocated: 10, available: 7, held: 2, sold: 1, withheld: 0 },
  ...more,
});

test("a hold waits for its payment: no drift, not overdue however old, and not settled", () => {
  const report = broken(withHold());
  expect(report).toMatchObject({ names: [], kinds: [], driftUnits: 0, inFlight: 0, unpaid: 1 });
  expect(isSettled(report)).toBe(false);
});

test("a hold that was paid for is on its way, and overdue like any other order", () => {
  const report = broken(withHold(stateFrom(heldState(2), [authorisedBy()])));
  expect(report).toMatchObject({ names: [], kinds: ["without_order"], unpaid: 0, inFlight: 1 });
});

test("units of a hold that ended are owed by the gate, though no row tells of it", () => {
  const report = broken(withHold(stateFrom(heldState(2), [expired])));
  const kinds = ["without_order", "not_given_back"];
  expect(report).toMatchObject({ names: [], kinds, driftUnits: 0, unpaid: 0, inFlight: 1 });
  expect(report.differences[1]).toMatchObject({ orderId: held.orderId, quantity: 2, requestId: "request-1" });
});

test("a hold that ended is settled once it has its row", () => {
  const ended = stateFrom(heldState(2), [expired]);
  const row = { ...asRow(second), state: "expired" as const, unitsLeft: 0 };
  const report = broken(
    withHold(ended, {
      orders: [asRow(first), row],
      gateOrders: [asOrder(first), { ...asOrder(second), unitsLeft: 0 }],
      stock: { allocated: 10, available: 9, held: 0, sold: 1, withheld: 0 },
    }),
  );
  expect(report).toMatchObject({ names: [], kinds: [], driftUnits: 0, inFlight: 0 });
  expect(isSettled(report)).toBe(true);
});

test("a hold that no gate counts is undecided", () => {
  const facts = withHold(heldState(2), {
    servedEpoch: 2,
    gateOrders: agreed.gateOrders.slice(0, 1),
    stock: { allocated: 10, available: 9, held: 0, sold: 1, withheld: 0 },
  });
  expect(broken(facts)).toMatchObject({ names: [], kinds: ["undecided"], undecided: 1, unpaid: 0 });
});

test("an order whose money is still to be taken is unpaid, and nothing is settled before", () => {
  const placed = { ...asRow(second), state: "placed" as const };
  const report = broken({ orders: [asRow(first), placed] });
  expect(report).toMatchObject({ names: [], kinds: [], driftUnits: 0, unpaid: 1 });
  expect(isSettled(report)).toBe(false);
});
