import type { SaleNumbers } from "../contract/admin.ts";
import type { Phase, SaleStatus } from "../contract/sale.ts";
import type { GateView } from "../gate/gate-view.ts";
import { phaseOf, type Sale } from "../sale/sale.ts";
import type { OrderNumbers } from "../sale/sales.postgres.ts";

/** Null: the gate did not answer, or is of another life. */
export type GateReading = GateView | { readonly kind: "lost" } | null;

const trusted = (gate: GateReading): GateView | null =>
  gate?.kind === "found" && !gate.isRecovering ? gate : null;

/** A sale as shoppers see it. Without a trusted gate its stock is unknown, and says so. */
export function saleStatus(sale: Sale, gate: GateReading, localNowMs: number): SaleStatus {
  const view = trusted(gate);
  const nowMs = gate?.kind === "found" ? gate.nowMs : localNowMs;
  const phase = phaseOf(sale, view?.stock ?? null, nowMs);
  return {
    saleId: sale.saleId,
    name: sale.name,
    description: sale.description,
    priceMinor: sale.priceMinor,
    currency: sale.currency,
    picture: sale.picture,
    purchaseLimit: sale.purchaseLimit,
    mode: sale.mode,
    phase,
    startsAt: iso(sale.startsAtMs),
    endsAt: sale.endsAtMs === null ? null : iso(sale.endsAtMs),
    stock: view?.stock ?? null,
    serverTime: iso(nowMs),
    pollAfterMs: pollAfterMs(phase, sale.startsAtMs - nowMs),
  };
}

/** The same for operators, with every store's own numbers. */
export function saleNumbers(
  sale: Sale,
  gate: GateReading,
  orders: OrderNumbers,
  localNowMs: number,
): SaleNumbers {
  return {
    ...saleStatus(sale, gate, localNowMs),
    state: sale.state,
    revision: sale.revision,
    epoch: sale.epoch,
    attemptLimit: sale.attemptLimit,
    gateState: trusted(gate)?.state ?? null,
    outbox: gate?.kind === "found" ? gate.outboxLength : null,
    attempts: gate?.kind === "found" ? gate.attempts : null,
    orders,
  };
}

const iso = (ms: number) => new Date(ms).toISOString();

/** How soon to look again: each second while it matters, rarely while nothing can change. */
function pollAfterMs(phase: Phase, untilStartMs: number): number {
  switch (phase) {
    case "open":
      return 1_000;
    case "paused":
    case "recovering":
      return 2_000;
    case "sold_out":
      return 5_000;
    case "scheduled":
      return Math.min(30_000, Math.max(1_000, Math.floor(untilStartMs / 4)));
    case "ended":
      return 30_000;
    default:
      return phase satisfies never;
  }
}
