import { createHash } from "node:crypto";
import type { BuyerId, OrderId } from "../../core/ids.ts";
import { hashKey } from "../../core/purchase/key-hash.ts";
import type { ClientAnswer } from "./client-answer.ts";
import type { Facts, GateOrder, LedgerOrder, OrderRow, StoredOrder } from "./facts.ts";

export const HOLDER_BITS = 1024;
export const UNITS = 3;
const BUYERS = 5;

export const buyer = (n: number) => `byr_${n}` as BuyerId;
/** As all stores tell it. */
const order = (n: number): StoredOrder => ({
  orderId: `ord_${n}` as OrderId,
  buyerId: buyer(n),
  quantity: 1,
  place: n,
  unitsLeft: 1,
  unitsWithheld: 0,
});
const key = (n: number) => `key-${n}`;
const RESERVED_AT_MS = 1_000;
export const gateOrder = (n: number): GateOrder => ({ ...order(n), keyHash: hashKey(key(n)) });
export const entry = (n: number): LedgerOrder => ({
  ...gateOrder(n),
  n: 1,
  reservedAtMs: RESERVED_AT_MS,
  state: "confirmed",
  moneyBack: { dueMinor: 0, givenMinor: 0, outsideMinor: 0, coveredMinor: 0 },
});
export const row = (n: number): OrderRow => ({ ...order(n), n: 1, state: "confirmed", refundedMinor: 0 });

/** The bits that reserve.lua sets, set here by hand. */
function filterOf(orders: readonly StoredOrder[]): Uint8Array {
  const bytes = new Uint8Array(HOLDER_BITS / 8);
  for (const { buyerId } of orders) {
    const digest = createHash("sha1").update(buyerId).digest();
    for (let probe = 0; probe < 4; probe++) {
      const bit = digest.readUInt32BE(probe * 4) % HOLDER_BITS;
      bytes[bit >> 3]! |= 0x80 >> (bit & 7);
    }
  }
  return bytes;
}

/** A sale of three units to five buyers, as it should end. */
export function soldOutSale(): { facts: Facts; log: ClientAnswer[] } {
  const numbers = [1, 2, 3];
  const orders = numbers.map(gateOrder);
  const facts: Facts = {
    gate: {
      stock: { allocated: UNITS, available: 0, held: 0, sold: UNITS, withheld: 0 },
      places: UNITS,
      orders,
      outbox: [],
      holders: { bytes: filterOf(orders), bits: HOLDER_BITS },
    },
    ledger: numbers.map(entry),
    database: {
      allocated: UNITS,
      sold: UNITS,
      withheld: 0,
      purchaseLimit: 1,
      buyerUnits: new Map(orders.map(({ buyerId }) => [buyerId, 1])),
      rows: numbers.map(row),
    },
  };
  const log = Array.from({ length: BUYERS }, (_, i) =>
    i < UNITS ? accepted(i + 1) : refused(i + 1, "sold_out"),
  );
  return { facts, log };
}

const times = { sentAtMs: RESERVED_AT_MS - 1, answeredAtMs: RESERVED_AT_MS + 1 };
export const accepted = (n: number): ClientAnswer => {
  const { orderId, buyerId, quantity, place } = order(n);
  const answer = { status: 202, kind: "accepted", orderId, place, orderQuantity: quantity } as const;
  return { buyerId, key: key(n), quantity, ...answer, ...times };
};
export const refused = (n: number, kind: ClientAnswer["kind"]): ClientAnswer => {
  const nothing = { orderId: null, place: null, orderQuantity: null };
  return { buyerId: buyer(n), key: key(n), quantity: 1, status: 409, kind, ...nothing, ...times };
};

export type Sale = ReturnType<typeof soldOutSale>;
export const withGate = ({ facts, log }: Sale, gate: Partial<Facts["gate"]>): Sale => ({
  facts: { ...facts, gate: { ...facts.gate, ...gate } },
  log,
});
export const withDatabase = ({ facts, log }: Sale, database: Partial<Facts["database"]>): Sale => ({
  facts: { ...facts, database: { ...facts.database, ...database } },
  log,
});
export const withLedger = ({ facts, log }: Sale, ledger: Facts["ledger"]): Sale => ({
  facts: { ...facts, ledger },
  log,
});
export const withLog = ({ facts, log }: Sale, more: readonly ClientAnswer[]): Sale => ({
  facts,
  log: [...log, ...more],
});
