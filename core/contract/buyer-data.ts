import * as v from "valibot";
import { buyerId, saleId } from "./ids.ts";
import { email } from "./identity.ts";
import { instant } from "./instant.ts";

/** Whose data is meant: by mail address, or by number. */
export const aboutBuyer = v.strictObject({
  who: v.union([buyerId, email], "must be a mail address, or an id such as byr_01J9ZQ4Z6XWT9YV3W3V9K8M2QD"),
});

/** What stands in the way of a deletion. */
export const erasureObstacles = [
  "open_order",
  "open_hold",
  "open_payment",
  "open_sale",
  "open_entry",
  "open_refund",
  "open_session",
] as const;
export type ErasureObstacle = (typeof erasureObstacles)[number];

/** asked: nobody has begun. postponed: something stands in the way, and it is looked at again. done: nothing leads to the person. */
export const erasureStates = ["asked", "postponed", "done"] as const;
export type ErasureState = (typeof erasureStates)[number];

/** A deletion. It names no address: nothing of it leads to the person once it is done. */
export const erasure = v.object({
  buyerId,
  state: v.picklist(erasureStates),
  obstacle: v.nullable(v.object({ kind: v.picklist(erasureObstacles), saleId: v.nullable(saleId) })),
  askedAt: instant,
  /** When what leads to the person went; null: not yet. */
  erasedAt: v.nullable(instant),
});
export type Erasure = v.InferOutput<typeof erasure>;

/** Newest first. */
export const erasureList = v.object({ erasures: v.array(erasure) });
export type ErasureList = v.InferOutput<typeof erasureList>;

const stored = v.record(v.string(), v.unknown());
/** All that is kept of a buyer, store by store, as it is stored there. */
export const buyerExport = v.object({
  format: v.literal("flash-sale/buyer-export/1"),
  exportedAt: instant,
  buyerId,
  /** Mail addresses, and what signing in keeps. */
  identity: v.array(stored),
  /** Mails that they asked for before a sale opens, and whether they stopped them. */
  notices: v.array(stored),
  /** Their rows on lists of guests, and with which address or code they came. */
  guests: v.array(stored),
  /** What the merchant's records have of them that is not about one sale. */
  records: v.object({ erasures: v.array(stored), auditLog: v.array(stored) }),
  sales: v.array(
    v.object({
      saleId,
      name: v.string(),
      /** The ledger's items: reservations, what became of them, wishes, payments. */
      ledger: v.array(stored),
      records: v.object({
        orders: v.array(stored),
        /** When units began to be held for them. */
        holdEvents: v.array(stored),
        orderEvents: v.array(stored),
        buyerUnits: v.array(stored),
        /** Money that went back, or is to. */
        refunds: v.array(stored),
        /** What the merchant's own systems are told of their orders, and which endpoints were. */
        events: v.array(stored),
        webhookDeliveries: v.array(stored),
      }),
      /** What the gate has of them until the sale is archived, by key. */
      gate: stored,
      /** Entries with their salts, and whether they were told of a draw's result. */
      line: v.array(stored),
      /** Which mails about their orders were sent. */
      mails: v.array(stored),
    }),
  ),
  /** What cannot be looked up by person, and when it goes by itself. */
  notLookedUp: v.array(
    v.object({ store: v.string(), what: v.string(), why: v.string(), goneAfter: v.string() }),
  ),
});
export type BuyerExport = v.InferOutput<typeof buyerExport>;
