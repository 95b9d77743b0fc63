import { expect, test } from "vitest";
import type { BuyerId, OrderId } from "../../../core/ids.ts";
import type { Facts, LedgerOrder } from "../../verdict/facts.ts";
import { judgePaid } from "./judge-paid.ts";
import type { PaidAnswer } from "./pay-holds.ts";

const PRICE = 4_900;
type Books = Parameters<typeof judgePaid>[1];

const order = (name: string, state: LedgerOrder["state"]): LedgerOrder => ({
  orderId: name as OrderId,
  buyerId: `buyer-${name}` as BuyerId,
  n: 1,
  quantity: 1,
  place: 1,
  unitsLeft: state === "confirmed" ? 1 : 0,
  unitsWithheld: 0,
  keyHash: "",
  reservedAtMs: 0,
  state,
  moneyBack: {
    dueMinor: state === "returned" ? PRICE : 0,
    givenMinor: state === "refunded" ? PRICE : 0,
    outsideMinor: 0,
    coveredMinor: 0,
  },
});
const intent = (name: string, changes: Partial<Books["intents"][number]> = {}): Books["intents"][number] => ({
  id: `pi_${name}`,
  status: "succeeded",
  amount: PRICE,
  currency: "eur",
  captureMethod: "manual",
  metadata: { order_id: name },
  created: 0,
  received: PRICE,
  refunded: 0,
  ...changes,
});
const refundOf = (name: string, of: string): Books["refunds"][number] => ({
  id: `re_${name}`,
  intent: of,
  amount: PRICE,
  metadata: {},
  created: 0,
});
const answer = (name: string, hasPaid: boolean): PaidAnswer => ({
  orderId: name as OrderId,
  buyerId: `buyer-${name}` as BuyerId,
  token: "",
  kind: "pays",
  hasPaid,
});

/** Two units: one paid for, one expired and on sale again. */
function sold(changes: { readonly ledger?: readonly LedgerOrder[]; readonly held?: number } = {}): Facts {
  const ledger = changes.ledger ?? [order("a", "confirmed"), order("b", "expired")];
  const rows = ledger.flatMap(({ keyHash: _key, reservedAtMs: _at, moneyBack, state, ...row }) =>
    state === "confirmed" || state === "refunded" || state === "returned"
      ? [{ ...row, state, refundedMinor: moneyBack.givenMinor + moneyBack.outsideMinor }]
      : [],
  );
  const { held = 0 } = changes;
  const units = rows.reduce((sum, { unitsLeft }) => sum + unitsLeft, 0);
  const stock = { allocated: 2, available: 2 - units - held, held, sold: units, withheld: 0 };
  return {
    gate: { stock, places: 2, orders: [], outbox: [], holders: { bytes: Buffer.alloc(0), bits: 0 } },
    ledger,
    database: { allocated: 2, sold: units, withheld: 0, purchaseLimit: 1, buyerUnits: new Map(), rows },
  };
}
const books = (...intents: Books["intents"]): Books => ({ sessions: [], intents, refunds: [] });
const laws = (facts: Facts, of: Books, answers: readonly PaidAnswer[] = []) =>
  judgePaid(facts, of, answers, PRICE).map(({ law }) => law);

test("every unit is paid for or on sale, and the money is that of the confirmed orders", () => {
  expect(laws(sold(), books(intent("a")), [answer("a", true), answer("b", false)])).toEqual([]);
});

test("an order of which all units went back is whole once its money went back, and broken before", () => {
  const facts = sold({ ledger: [order("a", "confirmed"), order("b", "refunded")] });
  const refund = { ...refundOf("b", "pi_b"), metadata: { key: "ord_b:refund:4" } };
  const withRefund = (changes: Partial<typeof refund> & { readonly status?: "failed" } = {}) => ({
    ...books(intent("a"), intent("b", { refunded: PRICE })),
    refunds: [{ ...refund, ...changes }],
  });
  expect(laws(facts, withRefund())).toEqual([]);
  // One that failed is none: what went back does not add up, nor is it what the records say.
  expect(laws(facts, withRefund({ status: "failed" }))).toEqual(["money", "money", "money"]);
  expect(laws(facts, books(intent("a"), intent("b")))).toEqual(["money", "money", "money", "money"]);
  // Given back, and nobody has noted it; and by somebody else than the records say.
  const returned = sold({ ledger: [order("a", "confirmed"), order("b", "returned")] });
  expect(laws(returned, withRefund())).toEqual(["settled", "money", "settled"]);
  expect(laws(facts, { ...withRefund(), refunds: [refundOf("b", "pi_b")] })).toEqual(["money"]);
});

test("of two units one goes back with its price; what a merchant gives back elsewhere covers a unit, or is beside it", () => {
  const two = { ...order("a", "confirmed"), quantity: 2 };
  const judged = (moneyBack: Partial<LedgerOrder["moneyBack"]>, ...refunds: readonly (string | null)[]) => {
    const facts = sold({ ledger: [{ ...two, moneyBack: { ...two.moneyBack, ...moneyBack } }] });
    const refunded = PRICE * refunds.length;
    return laws(facts, {
      ...books(intent("a", { amount: 2 * PRICE, received: 2 * PRICE, refunded })),
      refunds: refunds.map((key, i) => ({
        ...refundOf(`${i}`, "pi_a"),
        metadata: key === null ? {} : { key },
      })),
    });
  };
  expect(judged({ givenMinor: PRICE }, "ord_a:refund:4")).toEqual([]);
  expect(judged({ outsideMinor: PRICE, coveredMinor: PRICE }, null)).toEqual([]);
  expect(judged({ givenMinor: PRICE, outsideMinor: PRICE }, "ord_a:refund:4", null)).toEqual([]);
  // Counted for the unit, and given beside it all the same.
  expect(judged({ outsideMinor: PRICE, coveredMinor: PRICE }, "ord_a:refund:4", null)).toEqual([
    "money",
    "money",
    "money",
  ]);
});

test("money that was let go or given back is no money", () => {
  const letGo = intent("b", { id: "pi_b0", status: "canceled", received: 0 });
  const givenBack = intent("b", { refunded: PRICE });
  const of = { ...books(intent("a"), letGo, givenBack), refunds: [refundOf("b", "pi_b")] };
  expect(laws(sold(), of, [answer("b", true)])).toEqual([]);
});

test.each([
  ["an order without its money", sold(), books(), ["money", "money"]],
  ["a cent too little", sold(), books(intent("a", { received: PRICE - 1 })), ["money", "money"]],
  ["an order paid twice", sold(), books(intent("a"), intent("a")), ["money", "money"]],
  ["money of an order that expired", sold(), books(intent("a"), intent("b")), ["money", "money"]],
  [
    "an authorisation left open",
    sold(),
    books(intent("a"), intent("b", { status: "requires_capture", received: 0 })),
    ["money"],
  ],
  ["a hold that nobody ended", sold({ held: 1 }), books(intent("a")), ["settled"]],
  [
    "an order half done",
    sold({ ledger: [order("a", "confirmed"), order("b", "placed")] }),
    books(intent("a")),
    ["settled"],
  ],
] as const)("is broken by %s", (_what, facts, of, broken) => {
  expect(laws(facts, of)).toEqual(broken);
});

test("is broken by a page on which somebody could still pay", () => {
  const session = { status: "open", metadata: { order_id: "b" } } as unknown as Books["sessions"][number];
  expect(laws(sold(), { ...books(intent("a")), sessions: [session] })).toEqual(["money"]);
});
