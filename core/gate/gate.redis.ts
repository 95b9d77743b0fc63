import type { Redis } from "ioredis";
import type { createGateKeeper } from "./gate-keeper.redis.ts";
import { createPurchaseGate } from "./purchase-gate.redis.ts";

type GateKeeper = ReturnType<typeof createGateKeeper>;
export type Gate = ReturnType<typeof createGate>;

/**
 * The gate's one caller. Each method is one round trip to Redis. Scripts that no purchase needs are loaded at their first
 * use, so that they do not slow a purchase's cold start.
 *
 * @throws whatever the client throws when Redis does not answer in time: the script may have run all the same.
 * @throws Error on a word that the scripts do not have.
 */
export function createGate(redis: Redis) {
  let created: Promise<GateKeeper> | undefined;
  const keeper = () =>
    (created ??= import("./gate-keeper.redis.ts").then(({ createGateKeeper }) => createGateKeeper(redis)));

  return {
    ...createPurchaseGate(redis),

    /** Makes the gate of a sale that was never loaded; see load.lua for what the caller must have recorded before. */
    load: async (...sale: Parameters<GateKeeper["load"]>) => (await keeper()).load(...sale),

    /** Gives the gate a newer revision of the settings. */
    configure: async (...change: Parameters<GateKeeper["configure"]>) =>
      (await keeper()).configure(...change),

    /** Counts a reservation of an older epoch if a unit is left for it. */
    adopt: async (...reservation: Parameters<GateKeeper["adopt"]>) => (await keeper()).adopt(...reservation),

    /** Tells the gate what is left of an order's units; what it has more of it gives back. */
    settle: async (...left: Parameters<GateKeeper["settle"]>) => (await keeper()).settle(...left),

    /** Tells the gate of steps of the line, before they hold; hears how far their turns have come. */
    tendLine: async (...told: Parameters<GateKeeper["tendLine"]>) => (await keeper()).tendLine(...told),

    /** Removes the keys of a closed sale's gate, if it still says what was recorded. */
    archive: async (...recorded: Parameters<GateKeeper["archive"]>) => (await keeper()).archive(...recorded),

    /** Reads what was bought in turns that may still run. */
    boughtUnits: async (...sale: Parameters<GateKeeper["boughtUnits"]>) =>
      (await keeper()).boughtUnits(...sale),

    /** Reads counters and settings at one instant. */
    inspect: async (...sale: Parameters<GateKeeper["inspect"]>) => (await keeper()).inspect(...sale),
  };
}
