import { expect, test } from "vitest";
import type { OrderId } from "../../../core/ids.ts";
import {
  accepted,
  buyer,
  entry,
  refused,
  soldOutSale,
  withGate,
} from "../../verdict/sold-out-sale.fixture.ts";
import type { Facts } from "../../verdict/facts.ts";
import { type BoughtAgain, toldSoldOut } from "./buy-again.ts";
import { judgeAgain, soldAgain } from "./judge-again.ts";

/** Three units: the first buyer's expired, and the fourth has bought it; one of two who tried again has none. */
const expired = { ...entry(1), state: "expired" as const, unitsLeft: 0 };
const sold = soldOutSale().facts;
const facts = { ...sold, ledger: [expired, entry(2), entry(3), entry(4)] };
const bought = (changes: Partial<BoughtAgain> = {}): BoughtAgain => ({
  answers: [{ orderId: "ord_4" as OrderId, buyerId: buyer(4), token: "", kind: "pays", hasPaid: true }],
  tried: 2,
  left: 1,
  tries: 9,
  ...changes,
});
const laws = (of: Facts = facts, by = bought()) => judgeAgain(of, by).map(({ law }) => law);

test("what came back is sold again, and counted", () => {
  expect(soldAgain(facts, bought())).toEqual({ back: 1, again: 1, neverTaken: 0 });
  expect(laws()).toEqual([]);
});

test("a unit that lies idle while somebody wants one breaks it, and so does one that is gone", () => {
  const idle = withGate(
    { facts: { ...facts, ledger: facts.ledger.slice(0, 3) }, log: [] },
    {
      stock: { allocated: 3, available: 1, held: 0, sold: 2, withheld: 0 },
    },
  ).facts;
  const nobody = bought({ answers: [] });
  expect(laws(idle, nobody)).toEqual(["sell_out", "line"]);
  // Everybody who tried again has one, or nobody tried.
  expect(laws(idle, { ...nobody, tried: 0, left: 0 })).toEqual([]);
  expect(laws({ ...facts, ledger: facts.ledger.slice(0, 3) }, nobody)).toEqual(["conservation", "line"]);
});

test("who has paid at once has the unit", () => {
  const gone = { ...entry(4), state: "expired" as const, unitsLeft: 0 };
  expect(laws({ ...facts, ledger: [...facts.ledger.slice(0, 3), gone] })).toContain("untrue");
});

test("those who try again were told that all is sold out, and hold nothing", () => {
  const people = [1, 2, 3].map((n) => ({ buyerId: buyer(n), token: `token-${n}` }));
  const log = [
    accepted(1),
    refused(1, "sold_out"),
    refused(2, "sold_out"),
    refused(2, "sold_out"),
    refused(3, "ended"),
  ];
  expect(toldSoldOut(log, [...people, people[1]!])).toEqual([people[1]]);
});
