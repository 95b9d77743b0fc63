import type { Redis } from "ioredis";
import type { BuyerId, SaleId } from "../ids.ts";
import type { Reservation } from "../reservation/reservation.ts";
import beginRecoveryScript from "./begin-recovery.lua";
import { type GateSettings, word } from "./gate-replies.ts";
import { holderBits } from "./holder-filter.ts";
import { gateKeys } from "./keys.ts";
import rebuildScript from "./rebuild.lua";
import resumeScript from "./resume.lua";

/** Buyers that one script call puts in: a few milliseconds of Redis's time. */
const PART_BUYERS = 500;

export type RebuiltGate = {
  readonly sale: GateSettings;
  readonly epoch: number;
  readonly fence: number;
  readonly buyers: ReadonlyMap<BuyerId, readonly Reservation[]>;
  /** To be published again, as of the new epoch. */
  readonly unsettled: readonly Reservation[];
  readonly soldUnits: number;
  readonly places: number;
};

/** Thrown when a rebuild cannot go on: another guardian has taken over, Redis was lost again, or counts do not match. */
export class RebuildStopped extends Error {}

type Script = (...keysAndArguments: (string | number)[]) => Promise<unknown[]>;
type Scripts = Record<"gateBeginRecovery" | "gateRebuild" | "gateResume", Script>;
export type GateRebuild = ReturnType<typeof createGateRebuild>;

/** The gate's other caller, for recovery alone. Every write bears the fence of the guardian's lease. */
export function createGateRebuild(redis: Redis) {
  redis.defineCommand("gateBeginRecovery", { numberOfKeys: 1, lua: beginRecoveryScript });
  redis.defineCommand("gateRebuild", { numberOfKeys: 5, lua: rebuildScript });
  redis.defineCommand("gateResume", { numberOfKeys: 2, lua: resumeScript });
  const scripts = redis as unknown as Scripts;

  return {
    /** Asks the sale's guardian for a recovery: it finds the request at its next look. Buyers are served until then. */
    async request(saleId: SaleId, why: string): Promise<void> {
      await redis.hset(gateKeys(saleId).gate, "requested", why);
    },

    /** Closes the gate until `rebuild` has opened it again. @throws RebuildStopped if fenced. */
    async begin(saleId: SaleId, fence: number): Promise<void> {
      expectWord(await scripts.gateBeginRecovery(gateKeys(saleId).gate, fence), "begun");
    },

    /** Fills a closed gate and opens its new epoch. @throws RebuildStopped; the gate then stays closed. */
    async rebuild(gate: RebuiltGate, beforePart: () => Promise<void>): Promise<void> {
      const { sale, fence } = gate;
      const keys = gateKeys(sale.saleId);
      const bits = holderBits(sale.allocated);
      const pairs = [...gate.buyers].map(([buyerId, orders]) => [buyerId, orders.map(orderText).join(";")]);
      const intents = gate.unsettled.map((one) => [
        one.orderId,
        JSON.stringify({ ...one, epoch: gate.epoch }),
      ]);
      for (let part = 0; part * PART_BUYERS < Math.max(1, pairs.length, intents.length); part++) {
        await beforePart();
        const range = [part * PART_BUYERS, (part + 1) * PART_BUYERS] as const;
        const buyers = pairs.slice(...range);
        const reply = await scripts.gateRebuild(
          keys.gate,
          keys.buyers,
          keys.outbox,
          keys.holders,
          keys.attempts,
          fence,
          part === 0 ? "1" : "0",
          bits,
          buyers.length,
          ...buyers.flat(),
          ...intents.slice(...range).flat(),
        );
        expectWord(reply, "added");
      }
      const reply = await scripts.gateResume(
        keys.gate,
        keys.buyers,
        fence,
        gate.epoch,
        sale.revision,
        sale.state,
        sale.allocated,
        sale.startsAtMs,
        sale.endsAtMs ?? 0,
        sale.purchaseLimit,
        sale.attemptLimit,
        bits,
        gate.soldUnits,
        gate.places,
        gate.buyers.size,
      );
      expectWord(reply, "resumed");
    },
  };
}

const orderText = ({ orderId, quantity, place, keyHash }: Reservation) =>
  `${orderId},${quantity},${place},${keyHash}`;

function expectWord(reply: unknown[], expected: "begun" | "added" | "resumed"): void {
  const said = word(reply, ["begun", "added", "resumed", "fenced", "lost", "mismatch"]);
  if (said !== expected)
    throw new RebuildStopped(`the gate said ${reply.join(" ")} where ${expected} was due`);
}
