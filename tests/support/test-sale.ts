import { newBuyerId, newSaleId, pictureIdOf } from "../../core/ids.ts";
import type { Picture } from "../../core/picture/picture.ts";
import type { Actor } from "../../core/identity/actor.ts";
import type { Sale } from "../../core/sale/sale.ts";

/** The instant at which tests happen, where time is an argument. */
export const NOW_MS = Date.parse("2026-11-27T09:00:00.000Z");
/** Instants that every gate's own clock has passed, or will not reach. */
export const LONG_AGO_MS = Date.parse("2020-01-01T00:00:00.000Z");
export const FAR_AHEAD_MS = Date.parse("2100-01-01T00:00:00.000Z");

/** An operator at work, for changes that are audited. */
export const anActor: Actor = { buyerId: newBuyerId(NOW_MS), role: "operator", requestId: "request-1" };

export const aBuyer = () => newBuyerId(NOW_MS);

/** A picture that some sale shows; no store has its files. */
export const aPicture: Picture = { id: pictureIdOf("a".repeat(64)), alt: "A red sneaker", format: "webp" };

/** A sale of five units that is open by any clock, one unit a buyer. */
export const aSale = (settings: Partial<Sale> = {}): Sale => ({
  saleId: newSaleId(NOW_MS),
  name: "Sneaker",
  description: "",
  translations: {},
  priceMinor: 12_900,
  currency: "EUR",
  allocated: 5,
  purchaseLimit: 1,
  attemptLimit: 10_000,
  mode: { kind: "open" },
  payment: { kind: "none" },
  withdrawal: { kind: "days", days: 14, returnsGo: "on_sale" },
  guests: { kind: "everybody" },
  guestList: { id: "", edition: 0, changes: 0 },
  startsAtMs: LONG_AGO_MS,
  endsAtMs: null,
  picture: null,
  faces: [],
  visibility: "listed",
  state: "running",
  revision: 1,
  epoch: 1,
  closedAtMs: null,
  archive: null,
  ...settings,
});
