import { describe, expect, it } from "vitest";
import {
  accepted,
  buyer,
  entry,
  gateOrder,
  HOLDER_BITS,
  refused,
  row,
  type Sale,
  soldOutSale,
  UNITS,
  withDatabase,
  withGate,
  withLedger,
  withLog,
} from "./sold-out-sale.fixture.ts";
import { judge } from "./verdict.ts";
import type { Law } from "./violation.ts";

const lawsBroken = ({ facts, log }: Sale): Set<Law> => new Set(judge(facts, log).map(({ law }) => law));

describe("judge", () => {
  it("finds nothing in a sale that went as it should", () => {
    const { facts, log } = soldOutSale();
    expect(judge(facts, log)).toEqual([]);
  });

  it("takes a replay, and a refusal for now before the answer, for what they are", () => {
    const sale = withLog(soldOutSale(), [
      accepted(1),
      { ...accepted(2), kind: "already_bought", key: "key-other" },
      refused(3, "outcome_unknown"),
      refused(4, "rate_limited"),
      refused(5, "no_answer"),
    ]);
    expect(judge(sale.facts, sale.log)).toEqual([]);
  });

  const broken: [string, Law, (sale: Sale) => Sale][] = [
    [
      "a unit that vanished from the counters",
      "conservation",
      (sale) => withGate(sale, { stock: { allocated: UNITS, available: 0, held: 0, sold: 2, withheld: 0 } }),
    ],
    [
      "a gate that is gone",
      "conservation",
      (sale) =>
        withGate(sale, { stock: { allocated: NaN, available: NaN, held: NaN, sold: NaN, withheld: NaN } }),
    ],
    ["a sales row that counts one too few", "conservation", (sale) => withDatabase(sale, { sold: 2 })],
    ["different allocations", "conservation", (sale) => withDatabase(sale, { allocated: 4 })],
    [
      "a unit left although enough were wanted",
      "sell_out",
      (sale) => withGate(sale, { stock: { allocated: 4, available: 1, held: 0, sold: UNITS, withheld: 0 } }),
    ],
    [
      "one unit too many",
      "sell_out",
      (sale) => withGate(sale, { stock: { allocated: 2, available: -1, held: 0, sold: UNITS, withheld: 0 } }),
    ],
    [
      "an order missing in the gate",
      "one_truth",
      (sale) => withGate(sale, { orders: sale.facts.gate.orders.slice(1) }),
    ],
    ["an order missing in the ledger", "one_truth", (sale) => withLedger(sale, sale.facts.ledger.slice(1))],
    [
      "an order missing in PostgreSQL",
      "one_truth",
      (sale) => withDatabase(sale, { rows: sale.facts.database.rows.slice(1) }),
    ],
    [
      "an order in the gate that nobody was told of",
      "one_truth",
      (sale) => withGate(sale, { orders: [...sale.facts.gate.orders, gateOrder(4)] }),
    ],
    [
      "an order in the ledger that nobody was told of",
      "one_truth",
      (sale) => withLedger(sale, [...sale.facts.ledger, entry(4)]),
    ],
    [
      "a row that nobody was told of",
      "one_truth",
      (sale) => withDatabase(sale, { rows: [...sale.facts.database.rows, row(4)] }),
    ],
    [
      "as many orders, but another one",
      "one_truth",
      (sale) => withLedger(sale, [...sale.facts.ledger.slice(1), entry(9)]),
    ],
    [
      "an order of another buyer in PostgreSQL",
      "one_truth",
      (sale) =>
        withDatabase(sale, {
          rows: sale.facts.database.rows.map((order, i) =>
            i === 0 ? { ...order, buyerId: buyer(5) } : order,
          ),
        }),
    ],
    [
      "an accepted order that PostgreSQL rejected",
      "one_truth",
      (sale) =>
        withDatabase(sale, {
          rows: sale.facts.database.rows.map((order, i) =>
            i === 0 ? { ...order, state: "rejected" } : order,
          ),
        }),
    ],
    [
      "a rejection that the ledger does not know",
      "one_truth",
      (sale) =>
        withDatabase(sale, {
          rows: [...sale.facts.database.rows, { ...row(4), unitsLeft: 0, state: "rejected" }],
        }),
    ],
    [
      "a buyer with two orders",
      "one_per_buyer",
      (sale) => withLedger(sale, [...sale.facts.ledger, { ...entry(4), buyerId: buyer(1) }]),
    ],
    ["an outbox entry left", "settled", (sale) => withGate(sale, { outbox: [row(1).orderId] })],
    [
      "an order that was never settled",
      "settled",
      (sale) =>
        withLedger(
          sale,
          sale.facts.ledger.map((order) => ({ ...order, state: "reserved" })),
        ),
    ],
    [
      "a gap in the places",
      "places",
      (sale) =>
        withGate(sale, {
          places: 4,
          orders: sale.facts.gate.orders.map((order) => (order.place === 3 ? { ...order, place: 4 } : order)),
        }),
    ],
    [
      "a place given twice",
      "places",
      (sale) => withGate(sale, { orders: sale.facts.gate.orders.map((order) => ({ ...order, place: 1 })) }),
    ],
    ["a holder told sold_out", "untrue", (sale) => withLog(sale, [refused(1, "sold_out")])],
    [
      "sold_out while a unit was left",
      "untrue",
      (sale) => withGate(sale, { stock: { allocated: 4, available: 1, held: 0, sold: UNITS, withheld: 0 } }),
    ],
    [
      "one key answered with two orders",
      "untrue",
      (sale) => withLog(sale, [{ ...accepted(1), orderId: row(2).orderId }]),
    ],
    [
      "a buyer left without a final answer",
      "unresolved",
      (sale) => withLog(sale, [{ ...refused(6, "outcome_unknown"), status: 503 }]),
    ],
    ["a buyer whom nobody answered", "unresolved", (sale) => withLog(sale, [refused(6, "no_answer")])],
    ["a server error", "unresolved", (sale) => withLog(sale, [refused(6, "internal")])],
    [
      "a holder whom the filter misses",
      "holders",
      (sale) => withGate(sale, { holders: { bytes: new Uint8Array(), bits: HOLDER_BITS } }),
    ],
  ];

  it.each(broken)("sees %s (%s)", (_, law, harm) => {
    expect(lawsBroken(harm(soldOutSale()))).toContain(law);
  });

  it("counts rejected orders in no store as sold, where all agree on them", () => {
    const sale = soldOutSale();
    const late = { unitsLeft: 0, state: "rejected" } as const;
    const both = withLedger(
      withDatabase(sale, { rows: [...sale.facts.database.rows, { ...row(4), ...late }] }),
      [...sale.facts.ledger, { ...entry(4), ...late }],
    );
    expect(judge(both.facts, both.log)).toEqual([]);
  });

  it("wants every buyer served when there are more units than buyers", () => {
    const stock = { allocated: 10, available: 7, held: 0, sold: UNITS, withheld: 0 };
    const sale = withDatabase(withGate(soldOutSale(), { stock }), { allocated: 10 });
    const served = { facts: sale.facts, log: sale.log.slice(0, UNITS) };
    expect(judge(served.facts, served.log)).toEqual([]);
    expect(lawsBroken(withLog(served, [refused(4, "ended")]))).toEqual(new Set(["sell_out"]));
  });
});
