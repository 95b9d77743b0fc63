import { describe, expect, it } from "vitest";
import {
  accepted,
  buyer,
  entry,
  gateOrder,
  refused,
  row,
  type Sale,
  soldOutSale,
  withDatabase,
  withGate,
  withLedger,
  withLog,
} from "./sold-out-sale.fixture.ts";
import { judge } from "./verdict.ts";
import type { Violation } from "./violation.ts";

const violationsOf = ({ facts, log }: Sale): Violation[] => judge(facts, log);
const violationTexts = (sale: Sale): string[] =>
  violationsOf(sale).map(({ law, finding }) => `${law}: ${finding}`);

/** What the order of the first buyer has become. */
type Became = { readonly unitsLeft: number; readonly unitsWithheld: number };

const replaceFirst = <Order>(orders: readonly Order[], became: object): Order[] =>
  orders.map((order, i) => (i === 0 ? { ...order, ...became } : order));

/** A limit of 3: the first of three buyers had three units, all others one. Some of the three came back. */
function partlyReturned(became: Became): Sale {
  const state = became.unitsLeft === 0 ? "returned" : "confirmed";
  const order = { quantity: 3, ...became };
  const { facts, log } = soldOutSale();
  const cameBack = 3 - became.unitsLeft - became.unitsWithheld;
  const stock = { allocated: 5, available: cameBack, held: 0, sold: 2 + became.unitsLeft };
  const { gate, database, ledger } = facts;
  const bought = new Map([...database.buyerUnits, [buyer(1), became.unitsLeft] as const]);
  return {
    facts: {
      gate: {
        ...gate,
        stock: { ...stock, withheld: became.unitsWithheld },
        orders: replaceFirst(gate.orders, order),
      },
      ledger: replaceFirst(ledger, { ...order, state }),
      database: {
        allocated: 5,
        sold: stock.sold,
        withheld: became.unitsWithheld,
        purchaseLimit: 3,
        buyerUnits: bought,
        rows: replaceFirst(database.rows, { ...order, state }),
      },
    },
    log: replaceFirst(log, { quantity: 3, orderQuantity: 3 }),
  };
}

const unitOnSale: Became = { unitsLeft: 2, unitsWithheld: 0 };
const unitWithheld: Became = { unitsLeft: 2, unitsWithheld: 1 };
const allBack: Became = { unitsLeft: 0, unitsWithheld: 1 };

describe("judge, of units that came back", () => {
  it.each([
    ["on sale again", unitOnSale],
    ["withheld", unitWithheld],
    ["all of an order, one of them withheld", allBack],
  ])("finds nothing where every store agrees: %s", (_, became) => {
    expect(violationTexts(partlyReturned(became))).toEqual([]);
  });

  it("takes a repeat that is answered with a rejected order for what it is", () => {
    const sale = soldOutSale();
    const rejected = { unitsLeft: 0, state: "rejected" } as const;
    const late = withLedger(
      withDatabase(sale, { rows: [...sale.facts.database.rows, { ...row(4), ...rejected }] }),
      [...sale.facts.ledger, { ...entry(4), ...rejected }],
    );
    expect(violationTexts(withLog(late, [{ ...accepted(4), kind: "rejected" }]))).toEqual([]);
  });

  const broken: [string, string, Sale][] = [
    [
      "a gate that was not told",
      "one_truth: 1 orders of which the gate counts other units",
      withGate(partlyReturned(unitOnSale), {
        orders: replaceFirst(partlyReturned(unitOnSale).facts.gate.orders, { unitsLeft: 3 }),
      }),
    ],
    [
      "a ledger without the copy",
      "one_truth: 1 orders of which the ledger knows other units",
      withLedger(
        partlyReturned(unitWithheld),
        replaceFirst(partlyReturned(unitWithheld).facts.ledger, { unitsLeft: 3, unitsWithheld: 0 }),
      ),
    ],
    [
      "a rejected order whose unit stays in the gate",
      "one_truth: 1 orders of which the gate counts other units",
      withRejected(soldOutSale(), 1),
    ],
    [
      "a unit that only the gate sold",
      "conservation: units sold in the gate and sales.sold: 4 is not 3",
      withRejected(soldOutSale(), 1),
    ],
    [
      "a row of sales that counts withheld units otherwise",
      "conservation: sales.withheld and units of its rows: 0 is not 1",
      withDatabase(partlyReturned(unitWithheld), { withheld: 0 }),
    ],
    [
      "a gate that sells what was withheld",
      "conservation: units withheld in the gate and sales.withheld: 0 is not 1",
      withGate(partlyReturned(unitWithheld), {
        stock: { allocated: 5, available: 1, held: 0, sold: 4, withheld: 0 },
      }),
    ],
    [
      "withheld units that were sold all the same",
      "sell_out: oversold: 3 units, 1 withheld, of 3",
      withGate(soldOutSale(), { stock: { allocated: 3, available: -1, held: 0, sold: 3, withheld: 1 } }),
    ],
    [
      "a buyer's units that are counted otherwise",
      "one_per_buyer: 1 buyers whose counted units are not those of their rows",
      withDatabase(partlyReturned(unitOnSale), { buyerUnits: soldOutSale().facts.database.buyerUnits }),
    ],
    [
      "two orders for one key",
      "one_per_buyer: 1 keys with two orders",
      withLedger(soldOutSale(), [
        ...soldOutSale().facts.ledger,
        { ...entry(4), n: 2, buyerId: buyer(1), keyHash: entry(1).keyHash },
      ]),
    ],
    [
      "a number given twice",
      "numbers: 1 numbers that two orders of a buyer have",
      withDatabase(soldOutSale(), {
        rows: [...soldOutSale().facts.database.rows, { ...row(4), buyerId: buyer(1), n: 1 }],
      }),
    ],
    [
      "a number of a rejected order given again",
      "numbers: 1 numbers that two orders of a buyer have",
      withLedger(soldOutSale(), [
        ...soldOutSale().facts.ledger,
        { ...entry(4), buyerId: buyer(1), unitsLeft: 0, state: "rejected" },
      ]),
    ],
    [
      "an order with another number in its row",
      "numbers: 1 numbers that two orders of a buyer have, or orders that have two: ord_1",
      withDatabase(soldOutSale(), { rows: replaceFirst(soldOutSale().facts.database.rows, { n: 2 }) }),
    ],
    [
      "a buyer who had all units they may have, told sold_out",
      "untrue: 1 buyers told sold_out who had what they may have",
      withLog(partlyReturned(unitOnSale), [
        { ...refused(1, "sold_out"), key: "key-other", quantity: 2, sentAtMs: 2_000 },
      ]),
    ],
    [
      "an order of another size than was told",
      "one_truth: 1 orders that PostgreSQL tells otherwise",
      withDatabase(soldOutSale(), { rows: replaceFirst(soldOutSale().facts.database.rows, { quantity: 2 }) }),
    ],
  ];

  it.each(broken)("sees %s", (_, violation, sale) => {
    expect(violationTexts(sale)).toContainEqual(expect.stringContaining(violation));
  });

  it("lets a buyer be told sold_out who had room for more, or who bought later", () => {
    const another = { ...refused(1, "sold_out"), key: "key-other" };
    const room = withLog(partlyReturned(unitOnSale), [{ ...another, sentAtMs: 2_000 }]);
    const earlier = withLog(partlyReturned(unitOnSale), [{ ...another, quantity: 2, sentAtMs: 500 }]);
    expect([violationTexts(room), violationTexts(earlier)]).toEqual([[], []]);
  });
});

/** One more order, of a fourth buyer, that PostgreSQL and ledger rejected, and of which the gate counts so many units. */
function withRejected(sale: Sale, unitsInGate: number): Sale {
  const rejected = { unitsLeft: 0, state: "rejected" } as const;
  const { gate, ledger, database } = sale.facts;
  const known = withDatabase(withLedger(sale, [...ledger, { ...entry(4), ...rejected }]), {
    rows: [...database.rows, { ...row(4), ...rejected }],
  });
  return withGate(known, {
    stock: { ...gate.stock, sold: gate.stock.sold + unitsInGate },
    orders: [...gate.orders, { ...gateOrder(4), unitsLeft: unitsInGate }],
  });
}
