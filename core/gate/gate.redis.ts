import type { Redis } from "ioredis";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { parseReservation, type Reservation } from "../purchase/reservation.ts";
import type { Sale, SaleState } from "../sale/sale.ts";
import type { Stock } from "../sale/stock.ts";
import adoptScript from "./adopt.lua";
import configureScript from "./configure.lua";
import { type HolderFilter, holderBits } from "./holder-filter.ts";
import inspectScript from "./inspect.lua";
import { gateKeys } from "./keys.ts";
import loadScript from "./load.lua";
import reserveScript from "./reserve.lua";

export type ReserveRequest = {
  readonly saleId: SaleId;
  readonly buyerId: BuyerId;
  readonly keyHash: string;
  readonly quantity: number;
  /** Used if this is the first time. */
  readonly orderId: OrderId;
  readonly requestId: string;
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
};

export type Gate = ReturnType<typeof createGate>;

type Script = (...keysAndArguments: (string | number)[]) => Promise<Buffer[]>;
type Scripts = Record<
  "gateReserveBuffer" | "gateLoadBuffer" | "gateConfigureBuffer" | "gateInspectBuffer" | "gateAdoptBuffer",
  Script
>;

/**
 * The gate's one caller. Each method is one round trip to Redis.
 *
 * @throws whatever the client throws when Redis does not answer in time: the script may have run all the same.
 * @throws Error on a word that the scripts do not have.
 */
export function createGate(redis: Redis) {
  redis.defineCommand("gateReserve", { numberOfKeys: 5, lua: reserveScript });
  redis.defineCommand("gateLoad", { numberOfKeys: 5, lua: loadScript });
  redis.defineCommand("gateConfigure", { numberOfKeys: 1, lua: configureScript });
  redis.defineCommand("gateInspect", { numberOfKeys: 2, lua: inspectScript });
  redis.defineCommand("gateAdopt", { numberOfKeys: 3, lua: adoptScript });
  const scripts = redis as unknown as Scripts;

  return {
    /** Decides one attempt; takes the units if it may. */
    async reserve(request: ReserveRequest): Promise<ReserveReply> {
      const keys = gateKeys(request.saleId);
      const reply = await scripts.gateReserveBuffer(
        keys.gate,
        keys.buyers,
        keys.outbox,
        keys.holders,
        keys.attempts,
        request.buyerId,
        request.keyHash,
        request.quantity,
        request.orderId,
        request.saleId,
        request.requestId,
        request.wantsFilter ? "1" : "0",
      );
      return parseReserveReply(reply);
    },

    /** Makes the gate of a sale that was never loaded; see load.lua for what the caller must have recorded before. */
    async load(sale: GateSettings & { readonly epoch: number }): Promise<"loaded" | "present" | "lost"> {
      const keys = gateKeys(sale.saleId);
      const reply = await scripts.gateLoadBuffer(
        keys.gate,
        keys.buyers,
        keys.outbox,
        keys.holders,
        keys.attempts,
        sale.epoch,
        sale.revision,
        sale.state,
        sale.allocated,
        sale.startsAtMs,
        sale.endsAtMs ?? 0,
        sale.purchaseLimit,
        sale.attemptLimit,
        holderBits(sale.allocated),
      );
      return word(reply, ["loaded", "present", "lost"]);
    },

    /** Gives the gate a newer revision of the settings. */
    async configure(sale: GateSettings): Promise<ConfigureReply> {
      const reply = await scripts.gateConfigureBuffer(
        gateKeys(sale.saleId).gate,
        sale.revision,
        sale.state,
        sale.allocated,
        sale.startsAtMs,
        sale.endsAtMs ?? 0,
        sale.purchaseLimit,
        sale.attemptLimit,
      );
      const kind = word(reply, ["configured", "stale", "lost", "recovering", "below_taken"]);
      return kind === "below_taken" ? { kind, taken: Number(reply[1]) } : { kind };
    },

    /** Counts a reservation of an older epoch if a unit is left for it. */
    async adopt(one: Reservation): Promise<"counted" | "adopted" | "refused" | "lost" | "recovering"> {
      const keys = gateKeys(one.saleId);
      const reply = await scripts.gateAdoptBuffer(
        keys.gate,
        keys.buyers,
        keys.holders,
        one.buyerId,
        one.keyHash,
        one.quantity,
        one.orderId,
        one.place,
        one.n,
      );
      return word(reply, ["counted", "adopted", "refused", "lost", "recovering"]);
    },

    /** Reads counters and settings at one instant. */
    async inspect(saleId: SaleId): Promise<GateView | { readonly kind: "lost" }> {
      const keys = gateKeys(saleId);
      const reply = await scripts.gateInspectBuffer(keys.gate, keys.outbox);
      const kind = word(reply, ["found", "lost"]);
      return kind === "lost" ? { kind } : parseView(reply);
    },

    /** Clears the outbox entry of a reservation that is in the ledger and on the queue. */
    async clear(saleId: SaleId, orderId: OrderId): Promise<void> {
      await redis.hdel(gateKeys(saleId).outbox, orderId);
    },
  };
}

export type ConfigureReply =
  | { readonly kind: "configured" | "stale" | "lost" | "recovering" }
  | { readonly kind: "below_taken"; readonly taken: number };

function word<const Word extends string>(reply: readonly unknown[], known: readonly Word[]): Word {
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

function parseReserveReply(reply: Buffer[]): ReserveReply {
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

function parseView(reply: Buffer[]): GateView {
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
  };
}
