import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { parseReservation, type Reservation } from "../reservation/reservation.ts";
import type { SaleState } from "../contract/sale.ts";
import type { Stock } from "../sale/stock.ts";
import type { HolderFilter } from "./holder-filter.ts";

export type ReserveRequest = {
  readonly saleId: SaleId;
  readonly buyerId: BuyerId;
  readonly keyHash: string;
  readonly quantity: number;
  /** Used if this is the first time. */
  readonly orderId: OrderId;
  readonly requestId: string;
  readonly traceId: string | null;
  /** Ask for the filter of holders along with `sold_out`. */
  readonly wantsFilter: boolean;
};

/** reserve.lua's replies, word for word. `reservation` is null once its outbox entry is cleared: others finished it. */
export type ReserveReply =
  | { readonly kind: "lost" | "recovering" | "paused" | "ended" | "key_reused" }
  | { readonly kind: "not_open"; readonly startsAtMs: number; readonly nowMs: number }
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number }
  | { readonly kind: "over_limit"; readonly purchaseLimit: number }
  | { readonly kind: "too_many_orders"; readonly orders: number }
  | { readonly kind: "sold_out"; readonly available: number; readonly filter: HolderFilter | null }
  | {
      readonly kind: "replayed" | "already_bought";
      readonly orderId: OrderId;
      readonly reservation: Reservation | null;
    }
  | { readonly kind: "reserved"; readonly orderId: OrderId; readonly reservation: Reservation };

/** A gate at one instant, by its own clock. */
export type GateView = {
  readonly kind: "found";
  readonly epoch: number;
  readonly revision: number;
  readonly isRecovering: boolean;
  readonly state: SaleState;
  readonly stock: Stock;
  /** Last place given. */
  readonly places: number;
  readonly startsAtMs: number;
  readonly endsAtMs: number | null;
  readonly purchaseLimit: number;
  readonly attemptLimit: number;
  readonly nowMs: number;
  /** Reservations that nobody has finished yet. */
  readonly outboxLength: number;
  /** Whether the buyers hash holds as many as were ever added to it, and the filter of holders is there. */
  readonly hasAllBuyers: boolean;
  /** Why an operator asked for a recovery; empty: nobody did. */
  readonly requested: string;
  /** Attempts that the gate decided, since its keys were made; those answered from an instance's memory never reach it. */
  readonly attempts: Attempts;
};

export type Attempts = Readonly<
  Record<"reserved" | "soldOut" | "alreadyBought" | "overLimit" | "rateLimited", number>
>;

export type ConfigureReply =
  | { readonly kind: "configured" | "stale" | "conflict" | "lost" | "recovering" | "begun" }
  | { readonly kind: "below_taken"; readonly taken: number };

/** What the gate of an epoch made of a reservation of an older one: for good, while that epoch lasts. */
export type AdoptReply =
  | { readonly kind: "counted" | "adopted" | "refused"; readonly epoch: number }
  | { readonly kind: "lost" | "recovering" };

/** The first word of a reply. @throws Error on a word that the script does not have. */
export function word<const Word extends string>(reply: readonly unknown[], known: readonly Word[]): Word {
  const first = String(reply[0]);
  const found = known.find((name) => name === first);
  if (found === undefined) throw new Error(`the gate said a word that nobody knows: ${first}`);
  return found;
}

const RESERVE_WORDS = [
  "lost",
  "recovering",
  "paused",
  "ended",
  "key_reused",
  "not_open",
  "rate_limited",
  "over_limit",
  "too_many_orders",
  "sold_out",
  "replayed",
  "already_bought",
  "reserved",
] as const;

export function parseReserveReply(reply: Buffer[]): ReserveReply {
  const kind = word(reply, RESERVE_WORDS);
  switch (kind) {
    case "lost":
    case "recovering":
    case "paused":
    case "ended":
    case "key_reused":
      return { kind };
    case "not_open":
      return { kind, startsAtMs: Number(reply[1]), nowMs: Number(reply[2]) };
    case "rate_limited":
      return { kind, retryAfterMs: Number(reply[1]) };
    case "over_limit":
      return { kind, purchaseLimit: Number(reply[1]) };
    case "too_many_orders":
      return { kind, orders: Number(reply[1]) };
    case "sold_out": {
      const bytes = reply[3] ?? Buffer.alloc(0);
      const filter = bytes.length > 0 ? { bytes, bits: Number(reply[2]) } : null;
      return { kind, available: Number(reply[1]), filter };
    }
    case "replayed":
    case "already_bought": {
      const json = String(reply[2]);
      return {
        kind,
        orderId: String(reply[1]) as OrderId,
        reservation: json === "" ? null : parseReservation(json),
      };
    }
    case "reserved":
      return { kind, orderId: String(reply[1]) as OrderId, reservation: parseReservation(String(reply[2])) };
    default:
      return kind satisfies never;
  }
}

/** Reads `inspect`'s names and values. @throws Error when one that every gate has is missing. */
export function parseView(reply: Buffer[]): GateView {
  const fields = new Map<string, string>();
  for (let i = 1; i + 1 < reply.length; i += 2) fields.set(String(reply[i]), String(reply[i + 1]));
  const text = (name: string) => {
    const value = fields.get(name);
    if (value === undefined) throw new Error(`the gate has no field ${name}`);
    return value;
  };
  const number = (name: string) => Number(text(name));
  const count = (name: string) => Number(fields.get(name) ?? 0);
  const endsAtMs = count("ends_at_ms");
  return {
    kind: "found",
    // A gate that was begun anew for a recovery has neither settings nor counters yet.
    epoch: count("epoch"),
    revision: count("revision"),
    isRecovering: number("recovering") === 1,
    state: (fields.get("state") ?? "running") as SaleState,
    stock: {
      allocated: count("allocated"),
      available: count("available"),
      held: count("held"),
      sold: count("sold"),
      withheld: count("withheld"),
    },
    places: count("places"),
    startsAtMs: count("starts_at_ms"),
    endsAtMs: endsAtMs === 0 ? null : endsAtMs,
    purchaseLimit: count("purchase_limit"),
    attemptLimit: count("attempt_limit"),
    nowMs: number("now_ms"),
    outboxLength: number("outbox_length"),
    hasAllBuyers:
      count("buyer_count") === number("buyers") && (number("buyers") === 0 || number("has_filter") === 1),
    requested: fields.get("requested") ?? "",
    attempts: {
      reserved: count("attempts_reserved"),
      soldOut: count("attempts_sold_out"),
      alreadyBought: count("attempts_already_bought"),
      overLimit: count("attempts_over_limit"),
      rateLimited: count("attempts_rate_limited"),
    },
  };
}
