import type { Redis } from "ioredis";
import type { BuyerId, SaleId } from "../ids.ts";
import { inTime } from "../redis/in-time.ts";
import { parseReservation, type Reservation } from "../reservation/reservation.ts";
import { type BuyerOrder, parseBuyerOrders } from "./buyer-orders.ts";
import { type Hold, parseHold } from "./holds.ts";
import { gateKeys } from "./keys.ts";

const SCAN_COUNT = 1_000;

export type GateOrder = BuyerOrder & { readonly buyerId: BuyerId };
export type GateContents = ReturnType<typeof createGateContents>;

/** Reads what a gate holds, piece by piece, so that buyers are served in between: not an instant's picture. */
export function createGateContents(redis: Redis) {
  /** Each field once at least, if it is there all along. */
  async function scan(key: string, most: number): Promise<Map<string, string>> {
    const values = new Map<string, string>();
    let cursor = "0";
    do {
      const [next, fields] = await inTime(redis, () => redis.hscan(key, cursor, "COUNT", SCAN_COUNT));
      for (let i = 0; i + 1 < fields.length; i += 2) values.set(fields[i]!, fields[i + 1]!);
      cursor = next;
    } while (cursor !== "0" && values.size < most);
    return values;
  }

  async function readHolds(saleId: SaleId, from: string, to: string, most: number): Promise<Hold[]> {
    const { holds } = gateKeys(saleId);
    const found = await inTime(redis, () =>
      redis.zrange(holds, from, to, "BYSCORE", "LIMIT", 0, most, "WITHSCORES"),
    );
    return Array.from({ length: found.length / 2 }, (_, i) => parseHold(found[2 * i]!, found[2 * i + 1]!));
  }

  return {
    /** Every order that the gate knows, those that ended included. */
    async orders(saleId: SaleId): Promise<GateOrder[]> {
      const buyers = await scan(gateKeys(saleId).buyers, Number.POSITIVE_INFINITY);
      return [...buyers].flatMap(([buyerId, orders]) =>
        parseBuyerOrders(orders).map((order) => ({ ...order, buyerId: buyerId as BuyerId })),
      );
    },

    /** Entries of the line that have bought, by the step of their turn. */
    async boughtInSteps(saleId: SaleId): Promise<Map<number, number>> {
      const fields = await scan(gateKeys(saleId).steps, Number.POSITIVE_INFINITY);
      const bought = [...fields].filter(([field]) => field.startsWith("bought:"));
      return new Map(bought.map(([field, count]) => [Number(field.slice("bought:".length)), Number(count)]));
    },

    /** Holds that are due by an instant of the gate's clock, for longest first. */
    async dueHolds(saleId: SaleId, untilMs: number, most: number): Promise<Hold[]> {
      return readHolds(saleId, "-inf", String(untilMs), most);
    },

    /** Holds that are due from an instant of the gate's clock on, the next one first. */
    async holdsFrom(saleId: SaleId, fromMs: number, most: number): Promise<Hold[]> {
      const from = Number.isFinite(fromMs) ? String(fromMs) : "-inf";
      return readHolds(saleId, from, "+inf", most);
    },

    /** Whether a gate, open or closed, may have said lately that nothing is for sale. */
    async hasSoldOut(saleId: SaleId): Promise<boolean> {
      const [available, restockAtMs] = await inTime(redis, () =>
        redis.hmget(gateKeys(saleId).gate, "available", "restock_at_ms"),
      );
      return available === "0" || (restockAtMs ?? "0") !== "0";
    },

    /** Reservations that nobody has finished yet; about `most` of them. */
    async outbox(saleId: SaleId, most: number): Promise<Reservation[]> {
      return [...(await scan(gateKeys(saleId).outbox, most)).values()].map(parseReservation);
    },
  };
}
