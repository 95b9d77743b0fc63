import { createHash } from "node:crypto";
import type { BuyerId, OrderId } from "../../core/ids.ts";
import type { ClientAnswer } from "./client-answer.ts";
import type { Facts, StoredOrder } from "./facts.ts";

export const HOLDER_BITS = 1024;
export const UNITS = 3;
const BUYERS = 5;

export const buyer = (n: number) => `byr_${n}` as BuyerId;
export const order = (n: number): StoredOrder => ({
  orderId: `ord_${n}` as OrderId,
  buyerId: buyer(n),
  quantity: 1,
  place: n,
  unitsLeft: 1,
});

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
  const orders = [1, 2, 3].map(order);
  const facts: Facts = {
    gate: {
      stock: { allocated: UNITS, available: 0, held: 0, sold: UNITS, withheld: 0 },
      places: UNITS,
      orders,
      outbox: [],
      holders: { bytes: filterOf(orders), bits: HOLDER_BITS },
    },
    ledger: orders.map((one) => ({ ...one, state: "confirmed" })),
    database: {
      allocated: UNITS,
      sold: UNITS,
      purchaseLimit: 1,
      rows: orders.map((one) => ({ ...one, state: "confirmed" })),
    },
  };
  const log = Array.from({ length: BUYERS }, (_, i) =>
    i < UNITS ? accepted(i + 1) : refused(i + 1, "sold_out"),
  );
  return { facts, log };
}

const times = { sentAtMs: 1_000, answeredAtMs: 1_001 };
export const accepted = (n: number): ClientAnswer => {
  const { orderId, buyerId, place } = order(n);
  return { buyerId, key: `key-${n}`, quantity: 1, status: 202, kind: "accepted", orderId, place, ...times };
};
export const refused = (n: number, kind: ClientAnswer["kind"]): ClientAnswer => {
  const nothing = { orderId: null, place: null };
  return { buyerId: buyer(n), key: `key-${n}`, quantity: 1, status: 409, kind, ...nothing, ...times };
};
