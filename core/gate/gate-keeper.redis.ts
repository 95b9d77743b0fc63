import type { Redis } from "ioredis";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { defineScript } from "../redis/script.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { type AdoptReply, type ConfigureReply, word } from "./gate-replies.ts";
import { type BoughtUnits, parseBoughtUnits } from "./bought-units.ts";
import { type GateView, parseView } from "./gate-view.ts";
import { holderBits } from "./holder-filter.ts";
import { makeGate, type MayMake } from "./make-gate.ts";
import {
  adoptScript,
  archiveScript,
  boughtUnitsScript,
  configureScript,
  inspectScript,
  loadScript,
  settleScript,
  tendLineScript,
} from "./keeper-scripts.ts";
import { parseTendReply, stepRow, type TendReply, type ToldLine } from "./tend-line.ts";
import { gateKeys } from "./keys.ts";
import { type GateSettings, settingArguments } from "./settings.ts";

/** What is left of an order's units, as PostgreSQL has decided. */
export type UnitsLeft = {
  readonly saleId: SaleId;
  readonly buyerId: BuyerId;
  readonly orderId: OrderId;
  readonly unitsLeft: number;
  readonly unitsWithheld: number;
};

/** What no purchase asks of the gate; see gate.redis.ts, its one caller. */
export function createGateKeeper(redis: Redis) {
  const load = defineScript(redis, loadScript);
  const configure = defineScript(redis, configureScript);
  const adopt = defineScript(redis, adoptScript);
  const settle = defineScript(redis, settleScript);
  const tend = defineScript(redis, tendLineScript);
  const boughtUnits = defineScript(redis, boughtUnitsScript);
  const inspect = defineScript(redis, inspectScript);
  const archive = defineScript(redis, archiveScript);

  return {
    /**
     * Makes the gate of a sale that was never loaded; see load.lua for what the caller must have recorded before.
     *
     * @param mayMake asked right before it is made: an archived sale has none.
     */
    async load(
      sale: GateSettings & { readonly epoch: number },
      mayMake: MayMake = async () => true,
    ): Promise<"loaded" | "present" | "lost" | "absent"> {
      const { epoch, revision } = sale;
      const values = { epoch, revision, holderBits: holderBits(sale.allocated) };
      const ask = (makeUntilMs: number) =>
        load(gateKeys(sale.saleId), { ...values, makeUntilMs }, settingArguments(sale));
      return word(await makeGate(ask, mayMake), ["loaded", "present", "lost", "absent"]);
    },

    /**
     * Gives the gate a newer revision of the settings: one that is committed, or one on which the gate decides first,
     * alone or only before the sale has begun.
     */
    async configure(
      sale: GateSettings,
      when: "committed" | "first" | "before_opening",
    ): Promise<ConfigureReply> {
      const values = { revision: sale.revision, holderBits: holderBits(sale.allocated), when };
      const reply = await configure(gateKeys(sale.saleId), values, settingArguments(sale));
      const kind = word(reply, [
        "configured",
        "stale",
        "conflict",
        "lost",
        "recovering",
        "begun",
        "below_taken",
      ]);
      return kind === "below_taken" ? { kind, taken: Number(reply[1]) } : { kind };
    },

    /** Counts a reservation of an older epoch if a unit is left for it. */
    async adopt(reservation: Reservation): Promise<AdoptReply> {
      const { saleId, buyerId, keyHash, quantity, orderId, place, list = "", step = "" } = reservation;
      const { entryQuantity = "" } = reservation;
      const order = { buyerId, keyHash, quantity, orderId, place, list, step, entryQuantity };
      const reply = await adopt(gateKeys(saleId), order);
      const kind = word(reply, ["counted", "adopted", "refused", "lost", "recovering"]);
      return kind === "lost" || kind === "recovering" ? { kind } : { kind, epoch: Number(reply[1]) };
    },

    /** Tells the gate what is left of an order's units; what it has more of it gives back. */
    async settle(left: UnitsLeft): Promise<"settled" | "unknown" | "lost" | "recovering"> {
      const { saleId, buyerId, orderId, unitsLeft, unitsWithheld } = left;
      const reply = await settle(gateKeys(saleId), { buyerId, orderId, unitsLeft, unitsWithheld });
      return word(reply, ["settled", "unknown", "lost", "recovering"]);
    },

    /** Tells the gate of steps that are in the log, before they hold; hears how far their turns have come. */
    async tendLine(told: ToldLine): Promise<TendReply> {
      const { saleId, rows, bought, isWhole, ...numbers } = told;
      const values = { ...numbers, isWhole: isWhole ? "1" : "0", rows: rows.length };
      const rest = [
        ...rows.flatMap((row) => [row.step, stepRow(row)]),
        ...bought.flatMap(({ hash, field, count }) => [hash, field, count]),
      ];
      return parseTendReply(await tend(gateKeys(saleId), values, rest));
    },

    /** Removes the keys of a closed sale's gate, if it still says what was recorded under this revision. */
    async archive(
      saleId: SaleId,
      recorded: Readonly<Record<"revision" | "sold" | "withheld" | "places", number>>,
    ): Promise<"removed" | "changed"> {
      return word(await archive(gateKeys(saleId), recorded), ["removed", "changed"]);
    },

    /** Reads what was bought in turns that may still run, and what nobody has, at one instant. */
    boughtUnits: async (saleId: SaleId): Promise<BoughtUnits> =>
      parseBoughtUnits(await boughtUnits(gateKeys(saleId), {})),

    /** Reads counters and settings at one instant. */
    async inspect(saleId: SaleId): Promise<GateView | { readonly kind: "lost" }> {
      const reply = await inspect(gateKeys(saleId), {});
      const kind = word(reply, ["found", "lost"]);
      return kind === "lost" ? { kind } : parseView(reply);
    },
  };
}
