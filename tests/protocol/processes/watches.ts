import { isOverAt } from "../../../core/guardian/duties/is-over.ts";
import { isSettled } from "../../../core/reconciliation/report.ts";
import { watch } from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";
import { canonical } from "../engine/value.ts";
import { reportOf } from "../facts.ts";
import type { Rules } from "../rules.ts";
import { type Gate, isOpen, isWhole } from "../stores/gate.ts";
import type { Ledger } from "../stores/ledger.ts";
import type { Postgres } from "../stores/postgres.ts";
import { isQuiet, type Queue } from "../stores/queue.ts";
import type { SaleRecord } from "../stores/sale-record.ts";

const mendable: readonly string[] = ["without_order", "undecided", "not_given_back"];

const needsRecovery = ({ keys }: Gate, { sale }: Postgres): boolean =>
  !sale.isClosed &&
  (keys === null ||
    keys.isRecovering ||
    keys.requested === true ||
    !isWhole(keys) ||
    (keys.epoch ?? 0) < sale.epoch);

/** When those look who always do. The guardian looks each second; only the looks that find something are steps. */
export const watchOperations = (rules: Rules) => ({
  needsRecovery: watch(["gate", "postgres"], needsRecovery, "sees that the gate needs a recovery"),

  /** Nothing is on the way, and something is overdue. */
  needsMending: watch(
    ["gate", "postgres", "ledger", "queue"],
    (gate: Gate, postgres: Postgres, ledger: Ledger, queue: Queue) => {
      if (postgres.sale.isClosed || !isQuiet(queue)) return false;
      const report = reportOf(gate, postgres, ledger, queue);
      return report !== null && report.differences.some(({ kind }) => mendable.includes(kind));
    },
    "sees that something is overdue",
  ),

  needsSettings: watch(
    ["gate", "postgres"],
    (gate: Gate, postgres: Postgres) => {
      const { keys } = gate;
      const { sale } = postgres;
      if (needsRecovery(gate, postgres) || !isOpen(keys) || sale.isClosed) return false;
      if (keys.revision !== sale.revision) return true;
      return rules("a revision is given once") && canonical(keys.settings) !== canonical(sale.settings);
    },
    "sees that the gate has other settings",
  ),

  needsCopy: watch(
    ["record", "postgres"],
    (record: SaleRecord, { sale }: Postgres) => record.revision < sale.revision || record.epoch < sale.epoch,
    "sees that the sale's record is old",
  ),

  /** Nobody looks after a closed sale but who archives it. */
  mayArchive: watch(
    ["gate", "postgres"],
    ({ keys }: Gate, { sale }: Postgres) => keys !== null && !keys.isRecovering && sale.isClosed,
    "finds that the sale was closed a while ago",
  ),

  /** The stores were compared: they agree. */
  mayClose: watch(
    ["gate", "postgres", "ledger", "queue"],
    (gate: Gate, postgres: Postgres, ledger: Ledger, queue: Queue) => {
      if (postgres.sale.isClosed || !isOverAt(postgres.sale.settings, gate.nowMs)) return false;
      const report = reportOf(gate, postgres, ledger, queue);
      if (report === null) return false;
      return rules("nobody waits for a decision when a sale is closed")
        ? isSettled(report)
        : report.driftUnits + report.inFlight === 0;
    },
    "finds the sale over, and the stores in agreement",
  ),
});

export const watches = callsOf<ReturnType<typeof watchOperations>>("watch");
