import { describe, expect, test } from "vitest";
import type { BookedPayment, CrowdAnswer } from "../contract/rehearsal.ts";
import type { BuyerId, OrderId } from "../ids.ts";
import type { Facts } from "../reconciliation/facts.ts";
import { reconcile } from "../reconciliation/reconcile.ts";
import type { SaleEntry } from "../reservation/ledger.ts";
import { judge, type Rehearsed } from "./judge.ts";

/** Three units, five people: the first two pay, the third never does. */
const order = (n: number) => ({ orderId: `ord_${n}` as OrderId, buyerId: `byr_${n}` as BuyerId });
const PRICE = 100;
const isPaid = (n: number) => n < 3;

const answers: CrowdAnswer[] = [
  ...[1, 2, 3].map((n) => ({ ...order(n), kind: "held", hasPaid: isPaid(n) })),
  ...[4, 5].map((n) => ({ buyerId: order(n).buyerId, kind: "sold_out", orderId: null })),
];
const books: BookedPayment[] = [
  {
    orderId: order(1).orderId,
    state: "captured",
    amountMinor: PRICE,
    capturedMinor: PRICE,
    refundedMinor: 0,
  },
  { orderId: order(2).orderId, state: "cancelled", amountMinor: PRICE, capturedMinor: 0, refundedMinor: 0 },
  {
    orderId: order(2).orderId,
    state: "captured",
    amountMinor: PRICE,
    capturedMinor: PRICE,
    refundedMinor: 0,
  },
  { orderId: order(3).orderId, state: "cancelled", amountMinor: PRICE, capturedMinor: 0, refundedMinor: 0 },
];
function facts(change: Partial<Facts> = {}): Facts {
  return {
    orders: [1, 2, 3].map((n) => ({
      ...order(n),
      state: isPaid(n) ? "confirmed" : "expired",
      quantity: 1,
      unitsLeft: isPaid(n) ? 1 : 0,
      unitsWithheld: 0,
      requestId: "r",
      capturedMinor: isPaid(n) ? PRICE : 0,
      refundedMinor: 0,
    })),
    refunds: [],
    soldInOrders: 2,
    servedEpoch: 1,
    ledger: [1, 2, 3].map(
      (n) =>
        ({
          reservation: { ...order(n), quantity: 1, requestId: "r", reservedAtMs: 0, heldUntilMs: 60_000 },
          state: {
            kind: isPaid(n) ? "confirmed" : "expired",
            unitsLeft: isPaid(n) ? 1 : 0,
            unitsWithheld: 0,
            ...(isPaid(n) && { payment: { paymentId: "cs", amountMinor: PRICE } }),
          },
          countedEpoch: 1,
        }) as unknown as SaleEntry,
    ),
    gateOrders: [1, 2].map((n) => ({ ...order(n), unitsLeft: 1, unitsWithheld: 0 }) as never),
    outbox: [],
    stock: { allocated: 3, available: 1, held: 0, sold: 2, withheld: 0 },
    queue: { waiting: 0, inFlight: 0 },
    deadLetters: 0,
    nowMs: 0,
    ...change,
  };
}

function verdictOf(change: Partial<Rehearsed> = {}) {
  const known = change.facts ?? facts();
  return judge({
    buyers: 5,
    units: 3,
    fault: "none",
    answers,
    crowdMs: 10,
    facts: known,
    report: reconcile(known),
    traces: { recoveries: 0, paused: 0, resumed: 0, replays: 0 },
    faultFailed: null,
    entries: null,
    paid: { books, priceMinor: PRICE },
    ...change,
  });
}
const broken = (change: Partial<Rehearsed>) =>
  verdictOf(change)
    .laws.filter(({ holds }) => !holds)
    .map(({ law }) => law);
const withBooks = (changed: readonly BookedPayment[]) =>
  broken({ paid: { books: changed, priceMinor: PRICE } });
const holdsLawOf = (change: Partial<Rehearsed>) =>
  verdictOf(change).laws.find(({ law }) => law.startsWith("units held"));

describe("a rehearsal that is paid for is judged by holds, orders and money", () => {
  test("who paid has an order, who did not has none, and the money is the price: go", () => {
    expect(broken({})).toEqual([]);
    expect(verdictOf()).toMatchObject({ isGo: true, answers: { held: 3, sold_out: 2 } });
    expect(verdictOf().laws).toContainEqual({
      law: "money taken by the provider's books = confirmed orders × price",
      left: 200,
      right: 200,
      holds: true,
    });
  });

  test("a hold too few, while its unit was there", () => {
    const changed = [
      ...answers.slice(0, 2),
      { ...answers[4]!, buyerId: order(3).buyerId },
      ...answers.slice(3),
    ];
    expect(broken({ answers: changed })).toEqual(
      expect.arrayContaining([
        "units held = the smaller of units and people",
        "holds that people were told of = order rows",
        "people told sold out while a unit was left = 0",
      ]),
    );
  });

  test("where a unit came back before the last one came, it may be held twice; never too few", () => {
    const known = facts();
    const late = known.ledger.map((entry) => ({
      ...entry,
      reservation: { ...entry.reservation, reservedAtMs: 70_000 },
    }));
    expect(holdsLawOf({ facts: { ...known, ledger: late }, units: 2 })).toMatchObject({
      law: "units held ≥ 2",
      holds: true,
    });
    expect(holdsLawOf({ facts: { ...known, ledger: late }, units: 4 })).toMatchObject({ holds: false });
    expect(holdsLawOf({ units: 2 })).toMatchObject({ holds: false });
  });

  test("one who paid and has no order; one who has an order and did not pay", () => {
    const paysToo = answers.map((answer) =>
      answer.orderId === "ord_3" ? { ...answer, hasPaid: true } : answer,
    );
    expect(broken({ answers: paysToo })).toContain("people who paid = confirmed orders");
    const swapped = answers.map((answer) =>
      answer.orderId === null ? answer : { ...answer, hasPaid: answer.orderId !== "ord_1" },
    );
    expect(broken({ answers: swapped })).toEqual(["the same of payers, by id", "the same of holds, by id"]);
  });

  test("money that is missing, is taken twice, or is kept for nobody", () => {
    const money = "money taken by the provider's books = confirmed orders × price";
    expect(withBooks(books.slice(1))).toEqual([
      money,
      "money taken by the provider's books = by the order rows",
      "confirmed orders whose price was taken once = confirmed orders",
    ]);
    expect(withBooks([...books, books[0]!])).toContain(
      "confirmed orders whose price was taken once = confirmed orders",
    );
    const kept = { ...books[3]!, state: "captured" as const, capturedMinor: PRICE };
    expect(withBooks([...books.slice(0, 3), kept])).toContain("payments kept for no confirmed order = 0");
    const back = { ...books[0]!, refundedMinor: PRICE };
    expect(withBooks([back, ...books.slice(1)])).toContain(money);
  });

  test("a payment that is left open or authorised, and a unit that is held for ever", () => {
    for (const state of ["open", "authorised"] as const)
      expect(withBooks([...books.slice(0, 3), { ...books[3]!, state }])).toEqual([
        "payments left open at the provider = 0",
      ]);
    const stuck = facts({ stock: { allocated: 3, available: 0, held: 1, sold: 2, withheld: 0 } });
    expect(broken({ facts: stuck })).toEqual(
      expect.arrayContaining(["units held at the end = 0", "units sold + units on sale again = units"]),
    );
  });
});
