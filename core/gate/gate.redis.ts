import type { Redis } from "ioredis";
import type { OrderId, SaleId } from "../ids.ts";
import type { Reservation } from "../reservation/reservation.ts";
import adoptScript from "./adopt.lua";
import configureScript from "./configure.lua";
import {
  type ConfigureReply,
  type GateSettings,
  type GateView,
  parseReserveReply,
  parseView,
  type ReserveReply,
  type ReserveRequest,
  word,
} from "./gate-replies.ts";
import { holderBits } from "./holder-filter.ts";
import inspectScript from "./inspect.lua";
import { gateKeys } from "./keys.ts";
import loadScript from "./load.lua";
import reserveScript from "./reserve.lua";

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
  redis.defineCommand("gateInspect", { numberOfKeys: 4, lua: inspectScript });
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
        request.traceId ?? "",
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
      const reply = await scripts.gateInspectBuffer(keys.gate, keys.outbox, keys.buyers, keys.holders);
      const kind = word(reply, ["found", "lost"]);
      return kind === "lost" ? { kind } : parseView(reply);
    },

    /** Clears the outbox entry of a reservation that is in the ledger and on the queue. */
    async clear(saleId: SaleId, orderId: OrderId): Promise<void> {
      await redis.hdel(gateKeys(saleId).outbox, orderId);
    },
  };
}
