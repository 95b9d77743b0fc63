import type { SaleNumbers } from "../contract/admin.ts";
import type { SaleStatus } from "../contract/sale.ts";
import type { GateView } from "../gate/gate-view.ts";
import { opensFirstAtMs } from "../guests/guests.ts";
import { phaseOf, type Sale } from "../sale/sale.ts";
import type { Stock } from "../sale/stock.ts";
import { wasPublished } from "../sale/visibility.ts";
import type { OrderNumbers } from "../sale/sales.postgres.ts";
import { pollAfterMs } from "./poll-after.ts";

/** Null: the gate did not answer, or is of another life. */
export type GateReading = GateView | { readonly kind: "lost" } | null;

const trusted = (gate: GateReading): GateView | null =>
  gate?.kind === "found" && !gate.isRecovering ? gate : null;

/** Of a draft nothing can have been sold. */
const untouched = (sale: Sale): Stock | null =>
  wasPublished(sale)
    ? null
    : { allocated: sale.allocated, available: sale.allocated, held: 0, sold: 0, withheld: 0 };

/**
 * A sale as shoppers see it, or will. Without a trusted gate its stock is unknown, and says so.
 *
 * @param entries in the line of a sale that goes by turns; null: not known.
 */
export function saleStatus(
  sale: Sale,
  gate: GateReading,
  localNowMs: number,
  entries: number | null = null,
): SaleStatus {
  const view = trusted(gate);
  const nowMs = gate?.kind === "found" ? gate.nowMs : localNowMs;
  const stock = view?.stock ?? untouched(sale);
  const phase = phaseOf(sale, stock, nowMs);
  return {
    saleId: sale.saleId,
    name: sale.name,
    description: sale.description,
    priceMinor: sale.priceMinor,
    currency: sale.currency,
    picture: sale.picture,
    purchaseLimit: sale.purchaseLimit,
    phase,
    startsAt: iso(sale.startsAtMs),
    endsAt: sale.endsAtMs === null ? null : iso(sale.endsAtMs),
    stock: stock ?? sale.archive?.stock ?? null,
    serverTime: iso(nowMs),
    pollAfterMs: pollAfterMs({
      phase,
      untilStartMs: untilOpening(sale, nowMs),
      attempts: view && attemptsOf(view),
      line: sale.mode.kind === "open" ? null : { entries },
    }),
    mode: sale.mode,
    payment: sale.payment,
    withdrawal: sale.withdrawal,
    guests: sale.guests,
    translations: sale.translations,
  };
}

/** Before a tier's opening it is that one that pages wait for. */
const untilOpening = (sale: Sale, nowMs: number): number => {
  const firstMs = opensFirstAtMs(sale);
  return (firstMs > nowMs ? firstMs : sale.startsAtMs) - nowMs;
};

/** The same for operators, with every store's own numbers. */
export function saleNumbers(
  sale: Sale,
  gate: GateReading,
  orders: OrderNumbers,
  localNowMs: number,
): SaleNumbers {
  return {
    ...saleStatus(sale, gate, localNowMs),
    visibility: sale.visibility,
    state: sale.state,
    isClosed: sale.closedAtMs !== null,
    revision: sale.revision,
    epoch: sale.epoch,
    attemptLimit: sale.attemptLimit,
    ...(gate?.kind === "found" ? ofGate(gate) : ofArchive(sale)),
    orders,
  };
}

const ofGate = (gate: GateView) => ({
  gateState: trusted(gate)?.state ?? null,
  outbox: gate.outboxLength,
  attempts: gate.attempts,
});

/** Nothing is unfinished in a sale that was archived, and it goes by what was recorded. */
const ofArchive = ({ archive, state }: Sale) => ({
  gateState: archive && state,
  outbox: archive && 0,
  attempts: archive?.attempts ?? null,
});

const iso = (ms: number) => new Date(ms).toISOString();

/** Without those that were one buyer's too many: a few who ask without end are no crowd. */
const attemptsOf = ({ attempts: { reserved, soldOut, alreadyBought, overLimit } }: GateView): number =>
  reserved + soldOut + alreadyBought + overLimit;
