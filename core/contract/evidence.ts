import * as v from "valibot";
import { orderId } from "./ids.ts";
import { instant } from "./instant.ts";
import { count } from "./sale.ts";

const base64url = v.pipe(v.string(), v.regex(/^[\w-]+$/));

/** A JSON Web Signature in its flattened JSON form (RFC 7515, 7.2.2), by Ed25519 (RFC 8037). docs/evidence.md says what is in it. */
export const signedStatement = v.object({ protected: base64url, payload: base64url, signature: base64url });
export type SignedStatement = v.InferOutput<typeof signedStatement>;

/** The public keys, as a JSON Web Key Set (RFC 7517). None is ever taken away. */
export const evidenceKeys = v.object({
  keys: v.array(
    v.object({
      kty: v.literal("OKP"),
      crv: v.literal("Ed25519"),
      alg: v.literal("EdDSA"),
      use: v.literal("sig"),
      /** The key's own thumbprint (RFC 7638). */
      kid: base64url,
      x: base64url,
      firstUsedAt: instant,
      /** When it was known that somebody else may have it: nothing that it signs proves anything. Null: it was not. */
      revokedAt: v.nullable(instant),
    }),
  ),
});
export type EvidenceKeys = v.InferOutput<typeof evidenceKeys>;

export const reportOrdersQuery = v.strictObject({
  /** The last order of the page before. */
  after: v.optional(orderId),
});

/** What a receipt says: what the platform had of an order when it was signed. */
export const receiptStatement = v.object({
  statement: v.literal("flash-sale/receipt/1"),
  issuer: v.string(),
  shop: v.string(),
  issuedAt: instant,
  saleId: v.string(),
  sale: v.string(),
  orderId: v.string(),
  buyerId: v.string(),
  quantity: count,
  unitsLeft: count,
  state: v.string(),
  place: count,
  reservedAt: instant,
  priceMinor: count,
  currency: v.string(),
  /** Of a sale with a line: the leaf of the entry, which its public files have. */
  leaf: v.nullable(v.string()),
});
export type ReceiptStatement = v.InferOutput<typeof receiptStatement>;

const law = v.object({ name: v.string(), left: v.number(), right: v.number(), holds: v.boolean() });

/** What a report says of a sale. */
export const reportStatement = v.object({
  statement: v.literal("flash-sale/report/1"),
  issuer: v.string(),
  shop: v.string(),
  issuedAt: instant,
  saleId: v.string(),
  sale: v.string(),
  mode: v.string(),
  startsAt: instant,
  endsAt: v.nullable(instant),
  /** Null: the sale goes on, and the report is of one moment of it. */
  closedAt: v.nullable(instant),
  priceMinor: count,
  currency: v.string(),
  counts: v.object({
    allocated: count,
    /** Of the order rows, as docs/evidence.md counts them. */
    sold: count,
    withheld: count,
    orders: count,
    byState: v.record(v.string(), count),
  }),
  /** What must be equal across the stores, with both sides; null: the gate could not be asked, and nothing was compared yet. */
  identities: v.nullable(v.array(law)),
  recoveries: v.array(v.object({ epoch: count, why: v.string(), startedAt: instant, finishedAt: instant })),
  /** Of the list of orders, line by line. */
  orders: v.object({ lines: count, sha256: v.string() }),
  /** Of the line's log; null: the sale has no line. */
  log: v.nullable(v.object({ lines: count, hash: v.string() })),
});
export type ReportStatement = v.InferOutput<typeof reportStatement>;
