import { expect } from "vitest";
import { type BegunRecovery, type GateFilling, RebuildStopped } from "../../core/gate/rebuild.redis.ts";
import type { GateSettings } from "../../core/gate/settings.ts";
import type { SaleId } from "../../core/ids.ts";
import type { Reservation } from "../../core/reservation/reservation.ts";
import type { GateCommand } from "./gate-commands.ts";
import type { GateModel, ModelOrder } from "./gate-model.ts";
import type { Life } from "./gate-step.ts";
import { NOW_MS } from "../support/test-sale.ts";

/** Rebuilds the gate from the model's orders, but for the dropped one, and tries to open it. */
export async function reopen(
  { at, model, recoveries, dropped }: Life,
  command: Extract<GateCommand, { does: "reopen" }>,
): Promise<void> {
  const index = recoveries.length - 1 - command.earlier;
  const recovery = recoveries[index];
  if (!recovery) return;
  const { age, allocated } = command;
  const present = model.settings;
  const settings = age === 0 ? present : { ...present, allocated, revision: present.revision + age };
  const kept = model.orders.filter((_, order) => order !== command.drop);
  const leftOut = model.recovery === index ? model.orders.filter((order) => !kept.includes(order)) : [];
  const isOpen = await fillAndOpen(at.rebuild, recovery, fillingOf(model, kept), settings);
  expect(isOpen).toBe(model.reopen(index, kept, settings));
  dropped.push(...leftOut);
}

async function fillAndOpen(
  rebuild: Life["at"]["rebuild"],
  recovery: BegunRecovery,
  filling: GateFilling,
  settings: GateSettings,
): Promise<boolean> {
  try {
    await rebuild.refill(recovery, filling, async () => {});
    await rebuild.open(recovery, filling, settings);
    return true;
  } catch (error) {
    if (error instanceof RebuildStopped) return false;
    throw error;
  }
}

function fillingOf(model: GateModel, kept: readonly ModelOrder[]): GateFilling {
  const { saleId, allocated } = model.settings;
  const ofBuyer = (order: ModelOrder) => kept.filter(({ buyerId }) => buyerId === order.buyerId);
  return {
    epoch: model.epoch + 1,
    allocated,
    buyers: new Map(kept.map((order) => [order.buyerId, ofBuyer(order)])),
    unsettled: kept
      .filter(({ orderId }) => model.outbox.has(orderId))
      .map((order) => reservationOfModel(saleId, order)),
    soldUnits: unitsOf(kept.filter(({ isHeld }) => !isHeld)),
    heldUnits: unitsOf(kept.filter(({ isHeld }) => isHeld)),
    holds: kept
      .filter(({ isHeld }) => isHeld)
      .map(({ orderId, buyerId }) => ({ orderId, buyerId, dueMs: NOW_MS })),
    withheldUnits: kept.reduce((units, { unitsWithheld }) => units + unitsWithheld, 0),
    places: model.places,
  };
}

const unitsOf = (orders: readonly ModelOrder[]) =>
  orders.reduce((units, { unitsLeft }) => units + unitsLeft, 0);

/** A model's order as an older life of the gate made it. */
export const reservationOfModel = (
  saleId: SaleId,
  { orderId, buyerId, keyHash, n, quantity, place }: ModelOrder,
): Reservation => ({
  saleId,
  orderId,
  buyerId,
  keyHash,
  n,
  quantity,
  place,
  epoch: 0,
  reservedAtMs: NOW_MS,
  requestId: "request-1",
});
