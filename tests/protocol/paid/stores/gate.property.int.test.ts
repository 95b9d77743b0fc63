import * as fc from "fast-check";
import { expect, test } from "vitest";
import { gateKeys } from "../../../../core/gate/keys.ts";
import type { BegunRecovery } from "../../../../core/gate/rebuild.redis.ts";
import type { BuyerOrder } from "../../../../core/gate/buyer-orders.ts";
import type { BuyerId } from "../../../../core/ids.ts";
import type { Reservation } from "../../../../core/reservation/reservation.ts";
import type { Sale } from "../../../../core/sale/sale.ts";
import { aFilling, reservationOf, testGate } from "../../../gate/test-gate.ts";
import { testStores } from "../../../support/stores.ts";
import type { AnyOperation } from "../../engine/operation.ts";
import { gateOperations } from "./gate.ts";
import { type Gate, isCounted, openGate } from "./stores.ts";

const stores = await testStores();
const at = testGate(stores.redisUrl);

const gateStep = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant("settle" as const), unitsLeft: fc.constantFrom(0, 1) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constantFrom("adopt" as const, "take" as const, "lose" as const, "close" as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant("open" as const),
      order: fc.constantFrom("none", "held", "sold", "ended"),
    }),
  },
);
type Step = typeof gateStep extends fc.Arbitrary<infer Value> ? Value : never;

/** The gate of a sale of one unit that is held, in Redis and in the model. */
class BothGates {
  readonly #sale: Sale;
  readonly #hold: Reservation;
  #other: Reservation | null = null;
  #recovery: BegunRecovery | null = null;
  #model: Gate = openGate;

  constructor(sale: Sale, hold: Reservation) {
    this.#sale = sale;
    this.#hold = hold;
  }

  async step(step: Step): Promise<void> {
    const { saleId } = this.#sale;
    const { orderId, buyerId } = this.#hold;
    switch (step.does) {
      case "settle": {
        const { unitsLeft } = step;
        // Units only become fewer: what has ended stays so.
        if (unitsLeft > 0 && this.#model.order === "ended") return;
        const reply = await at.gate.settle({ saleId, orderId, buyerId, unitsLeft, unitsWithheld: 0 });
        expect(reply).toBe(this.#run(gateOperations.settle, { unitsLeft }));
        // Units that come back to a sold-out sale wait for a moment.
        return void (await at.setField(saleId, "restock_at_ms", 0));
      }
      case "adopt":
        return expect(await at.gate.adopt(this.#hold)).toEqual(this.#run(gateOperations.adopt, null));
      case "take":
        return this.#take();
      case "lose":
        await at.redis.del(...Object.values(gateKeys(saleId)));
        return void this.#run(gateOperations.lose, null);
      case "close":
        this.#recovery = await at.rebuild.begin(saleId, 1);
        return void this.#run(gateOperations.close, null);
      case "open":
        return this.#open(step.order);
      default:
        return step satisfies never;
    }
  }

  async #take(): Promise<void> {
    const reply = await at.reserve(this.#sale.saleId);
    const isOnSale = gateOperations.takeUnit.run(null, this.#model as never).length > 0;
    expect(reply.kind === "reserved").toBe(isOnSale);
    if (reply.kind !== "reserved") return;
    this.#other = reservationOf(reply);
    this.#run(gateOperations.takeUnit, null);
  }

  /** A rebuild that counts this, and whoever has the unit else; never both. */
  async #open(order: Gate["order"]): Promise<void> {
    const isKept = order === "held" || order === "sold";
    if (this.#model.is !== "closed" || !this.#recovery || (isKept && this.#other)) return;
    const buyers = new Map<BuyerId, readonly BuyerOrder[]>();
    const add = ({ buyerId, orderId, quantity, place, keyHash }: Reservation, unitsLeft: number) =>
      buyers.set(buyerId, [{ orderId, quantity, place, keyHash, unitsLeft, unitsWithheld: 0 }]);
    if (order !== "none") add(this.#hold, isKept ? 1 : 0);
    if (this.#other) add(this.#other, 1);
    const { orderId, buyerId } = this.#hold;
    const epoch = this.#model.epoch + 1;
    const filling = aFilling({
      epoch,
      allocated: 1,
      buyers,
      soldUnits: Number(order === "sold" || this.#other !== null),
      heldUnits: Number(order === "held"),
      holds: order === "held" ? [{ orderId, buyerId, dueMs: 1 }] : [],
      places: 2,
    });
    await at.rebuild.refill(this.#recovery, filling, async () => {});
    await at.rebuild.open(this.#recovery, filling, this.#sale);
    this.#run(gateOperations.open, { epoch, order });
  }

  #run(operation: AnyOperation, args: unknown): unknown {
    const [made] = operation.run(args, this.#model as never);
    this.#model = made!.next[0] as Gate;
    return made!.reply;
  }

  async compare(): Promise<void> {
    const view = await at.gate.inspect(this.#sale.saleId);
    const { is, available, epoch, order, isTaken } = this.#model;
    if (is === "lost") return expect(view.kind).toBe("lost");
    if (view.kind === "lost") throw new Error("the gate is lost");
    expect(view.isRecovering).toBe(is === "closed");
    if (is !== "open") return;
    const { stock } = view;
    expect({ available: stock.available, epoch: view.epoch, units: stock.held + stock.sold }).toEqual({
      available,
      epoch,
      units: Number(isCounted(this.#model)) + Number(isTaken),
    });
    // Somebody else's unit is held too until they pay.
    if (!isTaken) expect(stock.held).toBe(Number(order === "held"));
  }
}

test("the explorer's gate of a hold decides and counts what Redis does", async () => {
  const property = fc.asyncProperty(fc.array(gateStep, { maxLength: 20, size: "max" }), async (steps) => {
    const sale = await at.load({ allocated: 1, payment: { kind: "held", holdSeconds: 60 } });
    const both = new BothGates(sale, reservationOf(await at.reserve(sale.saleId)));
    for (const each of steps) {
      await both.step(each);
      await both.compare();
    }
  });
  await fc.assert(property, { numRuns: 30 });
}, 60_000);
