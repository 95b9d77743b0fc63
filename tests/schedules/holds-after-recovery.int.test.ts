import { describe, expect, test } from "vitest";
import { gateConnection } from "../../core/clients/purchase-gate.ts";
import { loadConfig } from "../../core/config.ts";
import type { OrderView } from "../../core/contract/order.ts";
import { gateKeys } from "../../core/gate/keys.ts";
import { recover } from "../../core/guardian/recover.ts";
import { type BuyerId, newOrderId, type SaleId } from "../../core/ids.ts";
import type { Reservation } from "../../core/reservation/reservation.ts";
import { testCloud } from "../support/cloud.ts";
import { guardianDependencies, lookAfter } from "../support/look-after.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aPayment, authorisedBy, standingIn, unitsIn } from "../support/test-holds.ts";
import { aReservation } from "../support/test-reservation.ts";
import { aBuyer, NOW_MS } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testCloud();
const { call, newSale, buy } = testApi(cloud.apiUrl);
const redis = gateConnection(loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA"]));
const deps = await guardianDependencies();
const { ledger, gate } = deps;

const paidSale = (allocated: number) => newSale({ allocated, payment: { kind: "held", holdSeconds: 600 } });

async function hold(saleId: SaleId, buyerId: BuyerId = aBuyer()): Promise<Reservation> {
  const { body } = await buy(saleId, { buyerId });
  const entry = await ledger.get(body?.orderId ?? newOrderId(saleId, NOW_MS), buyerId);
  if (!entry) throw new Error("not held");
  return entry.reservation;
}

const shown = async ({ orderId, buyerId }: Reservation) => {
  const { body } = await call(`GET /api/sale/order/${orderId}`, { token: tokenOf(buyerId) });
  return (body as unknown as OrderView).state;
};
const openPayment = ({ orderId, buyerId }: Reservation) =>
  call(`POST /api/sale/order/${orderId}/payment`, { token: tokenOf(buyerId), body: {} });
const loseGate = (saleId: SaleId) => redis.del(...Object.values(gateKeys(saleId)));
const units = (saleId: SaleId) => unitsIn(gate, saleId);

describe("after Redis was lost", () => {
  test("a hold is still held until the same instant, and can be paid; one that ended stays so", async () => {
    const saleId = await paidSale(3);
    const [kept, ended] = [await hold(saleId), await hold(saleId)];
    await call(`DELETE /api/sale/order/${ended.orderId}/hold`, { token: tokenOf(ended.buyerId) });
    await loseGate(saleId);
    await lookAfter(deps, saleId);
    expect(await units(saleId)).toBe("2 available, 1 held, 0 sold");
    expect([await shown(kept), await shown(ended)]).toEqual(["held", "cancelled"]);
    const due = await deps.contents.dueHolds(saleId, kept.heldUntilMs ?? 0, 10);
    expect(due).toMatchObject([{ orderId: kept.orderId, dueMs: kept.heldUntilMs }]);
    expect((await openPayment(kept)).status).toBe(200);
  });

  test("what was paid for is counted though its message is lost, and gets its row at once", async () => {
    const saleId = await paidSale(1);
    const paid = await hold(saleId);
    await ledger.decideHold(paid, authorisedBy());
    await loseGate(saleId);
    await lookAfter(deps, saleId);
    expect(await units(saleId)).toBe("0 available, 1 held, 0 sold");
    await lookAfter(deps, saleId);
    await waitFor("its row", async () => (await standingIn(ledger, paid)) === "placed");
    await waitFor("the gate to know", async () => (await units(saleId)) === "0 available, 0 held, 1 sold");
  });

  test("a hold that came into the ledger too late is no hold: nobody can pay it, and it is rejected", async () => {
    const saleId = await paidSale(1);
    const late = aReservation({ saleId, heldUntilMs: NOW_MS });
    await loseGate(saleId);
    await lookAfter(deps, saleId);
    await ledger.put(late);
    expect(await shown(late)).toBe("pending");
    expect((await openPayment(late)).status).toBe(503);
    await lookAfter(deps, saleId);
    expect(await standingIn(ledger, late)).toBe("rejected: stale_epoch");
    expect(await shown(late)).toBe("rejected");
    expect(await units(saleId)).toBe("1 available, 0 held, 0 sold");
  });

  test("a hold that no gate counts is rejected before the gate opens, unless it was paid for in that moment", async () => {
    const saleId = await paidSale(5);
    const [ghost, paid] = [1, 2].map((place) => aReservation({ saleId, place, epoch: 0, heldUntilMs: 1 }));
    if (!ghost || !paid) throw new Error("two holds");
    await ledger.put(ghost);
    await ledger.put(paid);
    const payment = aPayment({ paymentId: "pay_7" });
    const ofSale: typeof ledger.ofSale = async (id) => {
      const entries = await ledger.ofSale(id);
      await ledger.decideHold(paid, authorisedBy(payment));
      return entries;
    };
    await loseGate(saleId);
    await recover({ ...deps, ledger: { ...ledger, ofSale } }, saleId, "test", 1, async () => {});
    expect(await standingIn(ledger, ghost)).toBe("rejected: stale_epoch");
    expect(await standingIn(ledger, paid)).toBe("authorised");
    expect(await units(saleId)).toBe("4 available, 1 held, 0 sold");
  });
});
