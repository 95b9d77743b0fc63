import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { BuyerId, SaleId } from "../ids.ts";
import { inTime } from "../redis/in-time.ts";
import { defineScript } from "../redis/script.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { type BuyerOrder, buyerOrdersText } from "./buyer-orders.ts";
import { word } from "./gate-replies.ts";
import { holderBits } from "./holder-filter.ts";
import { type Hold, holdMember } from "./holds.ts";
import { gateKeys } from "./keys.ts";
import { makeGate, type MayMake } from "./make-gate.ts";
import { beginRecoveryScript, rebuildScript, resumeScript } from "./keeper-scripts.ts";
import { type GateSettings, settingArguments } from "./settings.ts";

/** Buyers that one script call puts in: a few milliseconds of Redis's time. */
const PART_BUYERS = 500;

/** A recovery of one gate, from when it was closed: whatever comes late of another one is refused. */
export type BegunRecovery = {
  readonly saleId: SaleId;
  readonly fence: number;
  readonly recoveryId: string;
  /** The gate was open and whole until now, and its outbox has all that is not in the ledger. */
  readonly wasAlive: boolean;
  /** What is left of its keys is of this life of Redis. */
  readonly isSameLife: boolean;
};

/** What a rebuilt gate counts. */
export type GateFilling = {
  readonly epoch: number;
  /** Units that the filter of holders is made for. */
  readonly allocated: number;
  readonly buyers: ReadonlyMap<BuyerId, readonly BuyerOrder[]>;
  /** To be published again, as of the new epoch. */
  readonly unsettled: readonly Reservation[];
  readonly soldUnits: number;
  readonly heldUnits: number;
  readonly holds: readonly Hold[];
  readonly withheldUnits: number;
  readonly places: number;
};

/** Thrown when a rebuild cannot go on: another guardian has taken over, Redis was lost again, or counts do not match. */
export class RebuildStopped extends Error {}

export type GateRebuild = ReturnType<typeof createGateRebuild>;

/** The gate's other caller, for recovery alone. Every write bears the fence of the guardian's lease. */
export function createGateRebuild(redis: Redis) {
  const begin = defineScript(redis, beginRecoveryScript);
  const rebuild = defineScript(redis, rebuildScript);
  const resume = defineScript(redis, resumeScript);

  return {
    /** Asks the sale's guardian for a recovery: it finds the request at its next look. Buyers are served until then. */
    async request(saleId: SaleId, why: string): Promise<void> {
      const { gate } = gateKeys(saleId);
      // One that is not there is lost, which its guardian finds by itself, or archived.
      if ((await inTime(redis, () => redis.exists(gate))) === 1)
        await inTime(redis, () => redis.hset(gate, "requested", why));
    },

    /**
     * Closes the gate until `open` has opened it again.
     *
     * @param mayMake asked right before the keys of a gate that is not there are made: an archived sale has none.
     * @throws RebuildStopped if fenced, or if no gate is there and none may be made.
     */
    async begin(saleId: SaleId, fence: number, mayMake: MayMake = async () => true): Promise<BegunRecovery> {
      const recoveryId = randomUUID();
      const ask = (makeUntilMs: number) => begin(gateKeys(saleId), { fence, recoveryId, makeUntilMs });
      const reply = await makeGate(ask, mayMake);
      expectWord(reply, "begun");
      return {
        saleId,
        fence,
        recoveryId,
        wasAlive: String(reply[1]) === "1",
        isSameLife: String(reply[2]) === "1",
      };
    },

    /** Fills a closed gate. @throws RebuildStopped; the gate then stays closed. */
    async refill(recovery: BegunRecovery, gate: GateFilling, beforePart: () => Promise<void>): Promise<void> {
      const { saleId, fence, recoveryId } = recovery;
      const keys = gateKeys(saleId);
      const bits = holderBits(gate.allocated);
      const pairs = [...gate.buyers].map(([buyerId, orders]) => [buyerId, buyerOrdersText(orders)]);
      const intents = gate.unsettled.map((reservation) => [
        reservation.orderId,
        JSON.stringify({ ...reservation, epoch: gate.epoch }),
      ]);
      const holds = gate.holds.map((hold) => [holdMember(hold), String(hold.dueMs)]);
      const most = Math.max(1, pairs.length, holds.length, intents.length);
      for (let part = 0; part * PART_BUYERS < most; part++) {
        await beforePart();
        const range = [part * PART_BUYERS, (part + 1) * PART_BUYERS] as const;
        const buyers = pairs.slice(...range);
        const due = holds.slice(...range);
        const isFirst = part === 0 ? "1" : "0";
        const counts = { buyerCount: buyers.length, holdCount: due.length };
        const values = { fence, recoveryId, isFirst, holderBits: bits, ...counts };
        const rest = [...buyers.flat(), ...due.flat(), ...intents.slice(...range).flat()];
        expectWord(await rebuild(keys, values, rest), "added");
      }
    },

    /** Opens a filled gate under its new epoch, with these settings or newer ones. @throws RebuildStopped. */
    async open(recovery: BegunRecovery, gate: GateFilling, settings: GateSettings): Promise<void> {
      const { saleId, fence, recoveryId } = recovery;
      const values = {
        fence,
        recoveryId,
        epoch: gate.epoch,
        revision: settings.revision,
        holderBits: holderBits(gate.allocated),
        wantedBits: holderBits(settings.allocated),
        sold: gate.soldUnits,
        held: gate.heldUnits,
        withheld: gate.withheldUnits,
        places: gate.places,
        buyers: gate.buyers.size,
        holds: gate.holds.length,
      };
      expectWord(await resume(gateKeys(saleId), values, settingArguments(settings)), "resumed");
    },
  };
}

function expectWord(reply: readonly unknown[], expected: "begun" | "added" | "resumed"): void {
  const first = word(reply, ["begun", "added", "resumed", "fenced", "over", "lost", "mismatch", "absent"]);
  if (first !== expected)
    throw new RebuildStopped(`the gate said ${reply.join(" ")} where ${expected} was due`);
}
