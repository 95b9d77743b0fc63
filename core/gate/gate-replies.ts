import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { parseReservation, type Reservation } from "../reservation/reservation.ts";
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
  /** Ask for the filter of holders along with `sold_out`, or with `not_your_turn`. */
  readonly wantsFilter: boolean;
  /** By the buyer's ticket: the entry, and the step that gives it its turn. Null: no ticket came. */
  readonly turn?: AskedTurn | null;
  /** By the buyer's invitation, whose signature was checked. Null: none came. */
  readonly invited?: AskedInvitation | null;
};

export type AskedInvitation = { readonly edition: number; readonly fromMs: number | null };

export type AskedTurn = {
  readonly step: number;
  readonly rank: string;
  readonly list: number;
  readonly leaf: string;
  /** What the entry may buy at most. */
  readonly quantity: number;
};

/** reserve.lua's replies, word for word. `reservation` is null once its outbox entry is cleared: others finished it. */
export type ReserveReply =
  | { readonly kind: "lost" | "recovering" | "paused" | "ended" | "key_reused" }
  | {
      readonly kind: "not_eligible";
      readonly reason: "no_invitation" | "outdated";
      /** Of an attempt without an invitation, if it was asked for. */
      readonly filter: HolderFilter | null;
    }
  /** The opening is this buyer's own where they are on a tier. */
  | { readonly kind: "not_open"; readonly startsAtMs: number; readonly nowMs: number }
  | {
      readonly kind: "not_your_turn";
      readonly reason: "no_ticket" | "not_reached" | "lapsed";
      readonly nowMs: number;
      /** Of an attempt without a ticket, if it was asked for. */
      readonly filter: HolderFilter | null;
    }
  /** The entry may still buy so many units, fewer than were asked for. */
  | { readonly kind: "over_turn"; readonly unitsLeft: number }
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number }
  | { readonly kind: "over_limit"; readonly purchaseLimit: number }
  | { readonly kind: "too_many_orders"; readonly orders: number }
  | {
      readonly kind: "sold_out";
      readonly available: number;
      readonly held: number;
      readonly filter: HolderFilter | null;
    }
  | {
      readonly kind: "replayed" | "already_bought";
      readonly orderId: OrderId;
      readonly reservation: Reservation | null;
    }
  | { readonly kind: "reserved"; readonly orderId: OrderId; readonly reservation: Reservation };

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
  const knownWord = known.find((name) => name === first);
  if (knownWord === undefined) throw new Error(`the gate said a word that nobody knows: ${first}`);
  return knownWord;
}

const RESERVE_WORDS = [
  "lost",
  "recovering",
  "paused",
  "ended",
  "key_reused",
  "not_eligible",
  "not_open",
  "not_your_turn",
  "over_turn",
  "rate_limited",
  "over_limit",
  "too_many_orders",
  "sold_out",
  "replayed",
  "already_bought",
  "reserved",
] as const;

const GUEST_WORDS = ["no_invitation", "outdated"] as const;
const TURN_WORDS = ["no_ticket", "not_reached", "lapsed"] as const;

/** Nobody holds anything where the filter is empty. */
const filterIn = (reply: Buffer[]): HolderFilter | null =>
  String(reply[3]) === "1" ? { bytes: reply[5] ?? Buffer.alloc(0), bits: Number(reply[4]) } : null;

export function parseReserveReply(reply: Buffer[]): ReserveReply {
  const kind = word(reply, RESERVE_WORDS);
  switch (kind) {
    case "lost":
    case "recovering":
    case "paused":
    case "ended":
    case "key_reused":
      return { kind };
    case "not_eligible":
      return { kind, reason: word(reply.slice(1), GUEST_WORDS), filter: filterIn(reply) };
    case "not_open":
      return { kind, startsAtMs: Number(reply[1]), nowMs: Number(reply[2]) };
    case "not_your_turn":
      return {
        kind,
        reason: word(reply.slice(1), TURN_WORDS),
        nowMs: Number(reply[2]),
        filter: filterIn(reply),
      };
    case "over_turn":
      return { kind, unitsLeft: Number(reply[1]) };
    case "rate_limited":
      return { kind, retryAfterMs: Number(reply[1]) };
    case "over_limit":
      return { kind, purchaseLimit: Number(reply[1]) };
    case "too_many_orders":
      return { kind, orders: Number(reply[1]) };
    case "sold_out": {
      const bytes = reply[4] ?? Buffer.alloc(0);
      const filter = bytes.length > 0 ? { bytes, bits: Number(reply[3]) } : null;
      return { kind, available: Number(reply[1]), held: Number(reply[2]), filter };
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
