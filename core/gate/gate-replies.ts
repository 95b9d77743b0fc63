import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { parseReservation, type Reservation } from "../reservation/reservation.ts";
import type { Sale, SaleState } from "../sale/sale.ts";
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
  | { readonly kind: "sold_out"; readonly available: number; readonly filter: HolderFilter | null }
  | {
      readonly kind: "replayed" | "already_bought";
      readonly orderId: OrderId;
      readonly reservation: Reservation | null;
    }
  | { readonly kind: "reserved"; readonly orderId: OrderId; readonly reservation: Reservation };

export type GateSettings = Pick<
  Sale,
  "saleId" | "revision" | "state" | "allocated" | "startsAtMs" | "endsAtMs" | "purchaseLimit" | "attemptLimit"
>;

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
  | { readonly kind: "configured" | "stale" | "lost" | "recovering" }
  | { readonly kind: "below_taken"; readonly taken: number };

/** The first word of a reply. @throws Error on a word that the script does not have. */
export function word<const Word extends string>(reply: readonly unknown[], known: readonly Word[]): Word {
  const said = String(reply[0]);
  const found = known.find((one) => one === said);
  if (found === undefined) throw new Error(`the gate said a word that nobody knows: ${said}`);
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

export function parseView(reply: Buffer[]): GateView {
  const number = (index: number) => Number(reply[index]);
  return {
    kind: "found",
    epoch: number(1),
    revision: number(2),
    isRecovering: number(3) === 1,
    state: String(reply[4]) as SaleState,
    stock: { allocated: number(5), available: number(6), held: number(7), sold: number(8) },
    places: number(9),
    startsAtMs: number(10),
    endsAtMs: number(11) === 0 ? null : number(11),
    nowMs: number(12),
    outboxLength: number(13),
    hasAllBuyers: number(14) === number(15) && (number(14) === 0 || number(22) === 1),
    requested: String(reply[16]),
    attempts: {
      reserved: number(17),
      soldOut: number(18),
      alreadyBought: number(19),
      overLimit: number(20),
      rateLimited: number(21),
    },
  };
}
