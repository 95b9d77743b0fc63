import type { GateView } from "../gate/gate-replies.ts";
import type { Gate } from "../gate/gate.redis.ts";
import type { SaleId } from "../ids.ts";
import type { SaleEntry } from "../reservation/ledger.ts";
import type { Warn } from "../log.ts";
import type { Measure } from "../metrics.ts";
import { readFacts, type FactsDependencies } from "../reconciliation/read-facts.ts";
import { type Difference, reconcile, type Report } from "../reconciliation/reconcile.ts";
import { syncSettings } from "../sale/administer-sales.ts";
import { isConserved } from "../sale/stock.ts";
import { closeSale, type GuardedSale, storeReport } from "./guarded-sales.postgres.ts";
import type { GuardianSigns } from "./guardian-signs.dynamo.ts";
import type { Leases } from "./lease.dynamo.ts";
import { recover, type RecoveryDependencies } from "./recover.ts";
import { relay, republish } from "./relay.ts";

export type GuardDependencies = RecoveryDependencies &
  FactsDependencies & {
    readonly gate: Gate;
    readonly leases: Leases;
    readonly signs: GuardianSigns;
    readonly measure: Measure;
    readonly warn: Warn;
  };

/** Between the record that a new sale's gate is loaded and the gate itself. */
const CREATION_MS = 1_000;
/** How often a sale's stores are compared order by order; it reads all of them. */
const RECONCILE_EVERY_MS = 10_000;
/** Purchases and messages of a sale that just ended are given this long before it is closed. */
const CLOSE_AFTER_MS = 10_000;

type Memory = {
  reconciledAtMs: number;
  driftSeen: number;
  fingerprint: string;
  isOverSinceMs: number | null;
};

/**
 * Looks after sales: what one guardian remembers between two looks at a sale, and what it does in one look.
 *
 * A look takes or renews the sale's lease, and does nothing without it. Everything in it may be repeated and may be cut
 * off anywhere.
 */
export function createGuard(deps: GuardDependencies) {
  const memories = new Map<SaleId, Memory>();

  return async function guardSale(sale: GuardedSale): Promise<void> {
    const { saleId } = sale;
    const lease = await deps.leases.hold(saleId);
    if (!lease) return;
    let view = await deps.gate.inspect(saleId);
    if (view.kind === "lost" && sale.epoch === 1 && sale.sold === 0) {
      // It may be in the making: recorded as loaded, and not loaded yet.
      await new Promise((resume) => setTimeout(resume, CREATION_MS));
      view = await deps.gate.inspect(saleId);
    }
    const why = reasonToRecover(view, sale);
    if (why !== null || view.kind === "lost")
      return recoverSale(deps, saleId, why ?? "the gate is lost", lease.fence);

    const { relayed, oldestMs } = await relay(deps, saleId, view.nowMs);
    deps.measure("OutboxAgeMs", oldestMs);
    if (relayed > 0) deps.measure("RelayedOrders", relayed);
    // After the relay, which does not need PostgreSQL.
    if (view.revision !== sale.revision) await syncSettings(deps, saleId);

    const memory = memories.get(saleId) ?? newMemory();
    memories.set(saleId, memory);
    const isOver = sale.state === "ended" || (sale.endsAtMs !== null && view.nowMs >= sale.endsAtMs);
    memory.isOverSinceMs = isOver ? (memory.isOverSinceMs ?? deps.clock.monotonicMs()) : null;
    if (!isReconciliationDue(memory, view, sale, deps.clock.monotonicMs())) return;
    memory.reconciledAtMs = deps.clock.monotonicMs();
    const facts = await readFacts(deps, saleId);
    if (!facts) return;
    const report = reconcile(facts);
    deps.measure("DriftUnits", report.driftUnits);
    const { driftUnits, inFlight } = report;
    await deps.signs.compared(saleId, { atMs: deps.clock.nowMs(), driftUnits, inFlight });
    await republishOverdue(deps, report, facts.ledger);
    memory.fingerprint = isSettled(report) ? fingerprintOf(view, sale) : "";

    if (report.driftUnits > 0) {
      deps.warn("the stores disagree", { saleId, report });
      await storeReport(deps.db, saleId, report);
      // Seen twice in a row, it is no purchase passing by. An order without an entry no rebuild can mend.
      if (report.differences.some(isMendable) && memory.driftSeen++ > 0) {
        memory.driftSeen = 0;
        await recoverSale(deps, saleId, `the stores disagree on ${report.driftUnits} units`, lease.fence);
      }
      return;
    }
    memory.driftSeen = 0;
    const overMs = memory.isOverSinceMs === null ? 0 : deps.clock.monotonicMs() - memory.isOverSinceMs;
    if (overMs > CLOSE_AFTER_MS && isSettled(report)) {
      await storeReport(deps.db, saleId, report);
      await closeSale(deps.db, saleId, deps.clock.nowMs());
    }
  };
}

const isMendable = ({ kind }: Difference) => kind === "gate_only" || kind === "missing_in_gate";

const newMemory = (): Memory => ({
  reconciledAtMs: Number.NEGATIVE_INFINITY,
  driftSeen: 0,
  fingerprint: "",
  isOverSinceMs: null,
});

/** Null: the gate can be trusted. `sale` was read before the gate, so the gate can only be ahead of it. */
function reasonToRecover(view: GateView | { readonly kind: "lost" }, sale: GuardedSale): string | null {
  if (view.kind === "lost") return "the gate is lost: no keys, or those of another Redis life";
  if (view.requested !== "") return view.requested;
  if (view.isRecovering) return "a recovery was begun and not finished";
  if (!isConserved(view.stock)) return `the stock is not conserved: ${JSON.stringify(view.stock)}`;
  if (!view.hasAllBuyers) return "the gate has lost buyers";
  if (view.epoch < sale.epoch) return `the gate is of epoch ${view.epoch}, the sale of ${sale.epoch}`;
  if (view.stock.sold + view.stock.held < sale.sold)
    return "the gate counts fewer units than there are orders";
  return null;
}

async function recoverSale(
  deps: GuardDependencies,
  saleId: SaleId,
  why: string,
  fence: number,
): Promise<void> {
  deps.warn("recovering a sale", { saleId, why });
  deps.measure("Recoveries", 1);
  const report = await recover(deps, saleId, why, fence, async () => {
    const lease = await deps.leases.hold(saleId);
    if (lease?.fence !== fence)
      throw new Error(`the lease on ${saleId} was lost in the middle of a recovery`);
  });
  deps.warn("recovered a sale", { saleId, why, report });
}

/** What moves whenever something happens in a sale; while it stands still after a clean report, nothing is compared. */
const fingerprintOf = (view: GateView, sale: GuardedSale) =>
  [view.epoch, view.stock.sold, view.stock.available, view.outboxLength, sale.sold].join();

function isReconciliationDue(memory: Memory, view: GateView, sale: GuardedSale, nowMs: number): boolean {
  if (nowMs - memory.reconciledAtMs < RECONCILE_EVERY_MS) return false;
  return memory.isOverSinceMs !== null || memory.fingerprint !== fingerprintOf(view, sale);
}

const isSettled = (report: Report) =>
  report.driftUnits === 0 && report.inFlight === 0 && report.differences.length === 0;

/** Entries whose message never came, or whose order of an older epoch nobody has decided on. */
async function republishOverdue(
  deps: GuardDependencies,
  report: Report,
  ledger: readonly SaleEntry[],
): Promise<void> {
  const overdue = new Set(
    report.differences
      .filter(({ kind }) => kind === "without_order" || kind === "undecided")
      .map(({ orderId }) => orderId),
  );
  const reservations = ledger.map((entry) => entry.reservation).filter((one) => overdue.has(one.orderId));
  if (reservations.length > 0) await republish(deps, reservations);
}
