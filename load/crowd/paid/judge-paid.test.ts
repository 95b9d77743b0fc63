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
  const rows = ledger
    .filter(({ state }) => state === "confirmed")
    .map(({ keyHash: _key, reservedAtMs: _at, ...row }) => ({ ...row, state: "confirmed" as const }));
  const { held = 0 } = changes;
  const stock = { allocated: 2, available: 2 - rows.length - held, held, sold: rows.length, withheld: 0 };
  return {
    gate: { stock, places: 2, orders: [], outbox: [], holders: { bytes: Buffer.alloc(0), bits: 0 } },
    ledger,
    database: { allocated: 2, sold: rows.length, withheld: 0, purchaseLimit: 1, buyerUnits: new Map(), rows },
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
  const refund = { id: "re_b", intent: "pi_b", amount: PRICE, metadata: {}, created: 0 };
  const withRefund = (changes: Partial<typeof refund> & { readonly status?: "failed" } = {}) => ({
    ...books(intent("a"), intent("b", { refunded: PRICE })),
    refunds: [{ ...refund, ...changes }],
  });
  expect(laws(facts, withRefund())).toEqual([]);
  expect(laws(facts, withRefund({ status: "failed" }))).toEqual(["money"]);
  expect(laws(facts, books(intent("a"), intent("b")))).toEqual(["money", "money", "money"]);
  const returned = sold({ ledger: [order("a", "confirmed"), order("b", "returned")] });
  expect(laws(returned, withRefund())).toEqual(["settled"]);
});

test("money that was let go or given back is no money", () => {
  const letGo = intent("b", { status: "canceled", received: 0 });
  const givenBack = intent("b", { refunded: PRICE });
  expect(laws(sold(), books(intent("a"), letGo, givenBack), [answer("b", true)])).toEqual([]);
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
