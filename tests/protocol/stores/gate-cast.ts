import { newOrderId, type OrderId, type SaleId } from "../../../core/ids.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { aBuyer, NOW_MS } from "../../support/test-sale.ts";
import type { Adoption, GateKeys, Left } from "./gate.ts";
import type { Filling } from "./gate-recovery.ts";
import type { GateStep } from "./gate-steps.ts";

type StepOf<Does extends GateStep["does"]> = Extract<GateStep, { readonly does: Does }>;

const NOTHING: Filling = {
  epoch: 9,
  buyers: {},
  unsettled: [],
  soldUnits: 0,
  withheldUnits: 0,
  places: 0,
};
const NEVER_SEEN = "ord_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as OrderId;

/** Who and what the numbers of a life's steps stand for. */
export class GateCast {
  readonly #saleId: SaleId;
  readonly #buyers = [aBuyer(), aBuyer(), aBuyer()];
  readonly #ids = new Map<GateStep, OrderId>();
  readonly #fillings = new Map<string, Filling>();
  /** Reservations that the gate has made. */
  readonly made: Reservation[] = [];

  constructor(saleId: SaleId) {
    this.#saleId = saleId;
  }

  attempt(step: Omit<StepOf<"reserve">, "does">, of: GateStep) {
    const orderId = this.#ids.get(of) ?? newOrderId(this.#saleId, NOW_MS);
    this.#ids.set(of, orderId);
    const { buyer, key, quantity } = step;
    return { buyerId: this.#buyers[buyer]!, keyHash: `key-${key}`, quantity, orderId };
  }

  /** An order that the gate has made, or one that it never saw. */
  adoption(step: StepOf<"adopt">): Adoption {
    return this.made[step.order] ?? { ...this.attempt(step, step), place: 99 };
  }

  /** What is left of one of the gate's orders, or of one that it never saw: what comes of lowering it, never more. */
  left({ order, left, withheld }: StepOf<"settle">, keys: GateKeys | null): Left {
    const made = this.made[order];
    const buyerId = made?.buyerId ?? this.#buyers[0]!;
    const orderId = made?.orderId ?? NEVER_SEEN;
    const present = keys?.buyers[buyerId]?.find((known) => known.orderId === orderId);
    const unitsLeft = Math.min(left, made?.quantity ?? left);
    const before = present ?? { unitsLeft: 0, unitsWithheld: 0 };
    const back = Math.max(0, before.unitsLeft - unitsLeft);
    return { buyerId, orderId, unitsLeft, unitsWithheld: before.unitsWithheld + Math.min(withheld, back) };
  }

  /** Some of the orders that the gate has made, whole; its recovery opens the gate with the same. */
  fill({ recoveryId, keeps }: StepOf<"fill">): Filling {
    const kept = this.made.filter((_, index) => ((keeps >> index) & 1) === 1).slice(0, 3);
    const ofBuyer = (buyerId: string) =>
      kept
        .filter((order) => order.buyerId === buyerId)
        .map(({ orderId, quantity, place, keyHash }) => ({
          orderId,
          quantity,
          place,
          keyHash,
          unitsLeft: quantity,
          unitsWithheld: 0,
        }));
    const filling: Filling = {
      ...NOTHING,
      buyers: Object.fromEntries(kept.map(({ buyerId }) => [buyerId, ofBuyer(buyerId)])),
      unsettled: kept.slice(0, 1),
      soldUnits: kept.reduce((sum, { quantity }) => sum + quantity, 0),
      places: kept.reduce((most, { place }) => Math.max(most, place), 0),
    };
    this.#fillings.set(recoveryId, filling);
    return filling;
  }

  filling = ({ recoveryId }: { readonly recoveryId: string }): Filling =>
    this.#fillings.get(recoveryId) ?? NOTHING;
}
