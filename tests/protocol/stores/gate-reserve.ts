import type { Reservation } from "../../../core/reservation/reservation.ts";
import type { BuyerId, OrderId, SaleId } from "../../../core/ids.ts";
import { addOrder, type Gate, type GateKeys, isOpen, isWhole } from "./gate.ts";

export type Attempt = {
  readonly buyerId: string;
  readonly keyHash: string;
  readonly quantity: number;
  readonly orderId: string;
};

export type AttemptReply =
  | { readonly kind: "lost" | "recovering" | "paused" | "ended" | "key_reused" | "not_open" }
  | { readonly kind: "over_limit" | "too_many_orders" }
  | { readonly kind: "sold_out"; readonly available: number }
  | {
      readonly kind: "replayed" | "already_bought";
      readonly orderId: string;
      readonly reservation: Reservation | null;
    }
  | { readonly kind: "reserved"; readonly orderId: string; readonly reservation: Reservation };

const MORE_ORDERS_THAN_UNITS = 2;
const NUMBERS_OF_AN_EPOCH = 1000;

export type NumberingRules = { readonly numbersAreStored: boolean; readonly keysAreRemembered: boolean };

/** reserve.lua, but for the rate limit and the filter of holders. */
export function reserve(
  { keys, nowMs }: Gate,
  { buyerId, keyHash, quantity, orderId }: Attempt,
  { numbersAreStored, keysAreRemembered }: NumberingRules,
): readonly [AttemptReply, GateKeys | null] {
  if (keys === null) return [{ kind: "lost" }, keys];
  if (!isOpen(keys)) return [{ kind: "recovering" }, keys];
  if (!isWhole(keys)) return [{ kind: "lost" }, keys];
  const { settings, epoch } = keys;
  const forGood = (reply: AttemptReply): AttemptReply =>
    keys.isUncommitted ? { kind: "recovering" } : reply;
  const theirs = keys.buyers[buyerId] ?? [];
  const naming = (kind: "replayed" | "already_bought", known: string): AttemptReply => ({
    kind,
    orderId: known,
    reservation: keys.outbox[known] ?? null,
  });
  const replayed = keysAreRemembered ? theirs.find((order) => order.keyHash === keyHash) : undefined;
  if (replayed && replayed.quantity !== quantity) return [{ kind: "key_reused" }, keys];
  if (replayed) return [naming("replayed", replayed.orderId), keys];
  if (settings.state === "ended" || (settings.endsAtMs !== null && nowMs >= settings.endsAtMs))
    return [forGood({ kind: "ended" }), keys];
  if (settings.state === "paused") return [{ kind: "paused" }, keys];
  if (nowMs < settings.startsAtMs) return [{ kind: "not_open" }, keys];
  const units = theirs.reduce((sum, order) => sum + order.unitsLeft, 0);
  if (units + quantity > settings.purchaseLimit) {
    const latest = theirs.findLast((order) => order.unitsLeft > 0);
    return [latest ? naming("already_bought", latest.orderId) : { kind: "over_limit" }, keys];
  }
  if (theirs.length >= settings.purchaseLimit + MORE_ORDERS_THAN_UNITS)
    return [{ kind: "too_many_orders" }, keys];
  const onSale = keys.isRestocking ? 0 : keys.stock.available;
  if (onSale < quantity) return [forGood({ kind: "sold_out", available: onSale }), keys];
  const place = keys.places + 1;
  const n = numbersAreStored ? epoch * NUMBERS_OF_AN_EPOCH + theirs.length + 1 : units + 1;
  const reservation = aReservation({ orderId, buyerId, keyHash, quantity, place, n, epoch });
  const order = {
    orderId: orderId as OrderId,
    quantity,
    place,
    keyHash,
    unitsLeft: quantity,
    unitsWithheld: 0,
  };
  const taken = addOrder(keys, buyerId, order);
  return [
    { kind: "reserved", orderId, reservation },
    { ...taken, places: place, outbox: { ...keys.outbox, [orderId]: reservation } },
  ];
}

/** A reservation with what the models leave the same everywhere. */
export const aReservation = (
  of: Attempt & { readonly place: number; readonly n: number; readonly epoch: number },
): Reservation => ({
  ...of,
  orderId: of.orderId as OrderId,
  buyerId: of.buyerId as BuyerId,
  saleId: "sale" as SaleId,
  reservedAtMs: 0,
  requestId: "request",
});
